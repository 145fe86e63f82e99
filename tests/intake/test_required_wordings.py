"""Further wordings of the columns that each source must have, as departments write them; and some that are others' columns."""

from __future__ import annotations

import pytest
from intake_files import TEMPLATES

from aidcli.intake.headers.headings import match_row

# template.field: wordings, whether the template lists them or they are told by their parts.
KNOWN = """
account_list.account_state: 银行账户状态 账户使用状态 卡折状态
account_list.account: 银行卡账号 存折（卡）号 发放银行账号
account_list.name: 户主名称 救助对象姓名
advisers.name: 社会救助顾问姓名 救助协理员姓名 专职网格员姓名
advisers.adviser_area: 服务辖区 责任辖区 包联村（社区） 负责村居
applications.name: 户主 申请人名称 主申请人 主申请人姓名
applications.application_day: 提出申请日期
applications.application_programme: 申请救助项目名称 申请救助类别 拟申请救助类型 申请救助事项 救助项目
bank_return.name: 收款人名称 持卡人姓名 收款账户户名
bank_return.account: 收款银行账号 收款人银行账号 卡/折号
bank_return.pay_amount: 交易金额（元） 支付金额 实际发放金额 代发总金额 入账金额（元）
bank_return.pay_code: 代发处理结果 交易处理结果 支付结果 返回结果 处理结果描述
business_register.name: 企业负责人 企业法定代表人 经营者名称
business_register.business_name: 企业（字号）名称 经营主体（企业）名称 个体工商户字号 商户名称
card_custody.name: 卡折持有人 持卡（折）人 卡主姓名 被代管对象姓名
card_custody.keeper_name: 代管责任人 代为保管人 代管人员 代持人姓名
card_custody.custody_day: 代管时间 备案登记日期 代管起始日期 代管协议签订日期
care_agreements.name: 特困供养人员姓名 供养对象姓名 被护理人姓名 特困对象姓名
care_agreements.agreement_from: 签订协议时间 签协议日期 照护协议签订日期 协议书签订日期
check_business.name: 家庭成员 成员姓名
check_business.business_name: 公司名称 企业（机构）名称
check_college.school: 高校名称 录取学校 录取院校名称
check_custody.custody_kind: 人员类别
check_custody.custody_from: 收押日期 服刑起始日期 入所日期
check_death.death_day: 死亡年月日 亡故日期 死亡日期（公安）
check_death.cancel_kind: 户籍注销类别 注销原因 死亡注销标识
check_deposit.deposit: 银行存款余额 账户存款余额 存款合计 存款余额合计
check_deposit_over.deposit_over: 存款是否超过标准
check_disability.disability_category: 残疾类别（种类） 残疾分类 残疾证类别
check_disability.disability_grade: 残疾等级（级） 残疾证等级
check_funeral.death_day: 死亡年月日 亡故日期 死亡时间（殡葬）
check_hardship_worker.help_reason: 致贫原因 申请救助原因
check_housing_fund.fund_amount: 月缴存总额 公积金月缴存额 月汇缴金额 月缴存合计
check_housing_fund_loan.fund_repayment: 每月还款额 月还贷额 月应还款额
check_hukou.hukou_address: 户口地址 户籍地 户籍详址
check_hukou.household_code: 户口编号 户口号 户口簿号
check_list.check_item: 核对类别 信息项目 核对信息类别
check_list.check_outcome: 核查结果 核对反馈结果
check_ltc.ltc_day: 待遇开始享受日期 待遇生效日期 长护险待遇开始时间
check_marriage.marriage_kind: 婚姻登记情况 婚姻登记类别 婚姻情况
check_medical.medical_total: 费用总额 总医疗费用 医疗费用合计
check_medical.settled_day: 出院结算日期 费用结算日期 结算年月日
check_real_estate.real_estate_place: 座落 房屋座落 不动产座落
check_securities.stocks: 股票市值（元） 持有股票市值 股票资产总市值
check_tax.income_amount: 本期收入额 申报收入额
check_unemployment.unemployed_day: 登记失业时间 登记失业日期 失业时间
check_vehicles.vehicle_plate: 车牌 牌照号码 机动车号牌号码
cremation.name: 火化人员姓名 被火化人姓名 逝者名字 死者名字
cremation.cremation_day: 火化年月日 火化时间（年月日） 火化日期及时间 遗体火化年月日
dangerous_houses.name: 农户姓名 危房户主姓名 户主名称
dangerous_houses.house_grade: 房屋危险性鉴定等级 鉴定危房等级 住房危险等级 房屋鉴定级别
death_cancellation.name: 死亡人员 死亡人姓名 注销人员姓名 亡故者姓名
death_cancellation.death_day: 死亡日期（年月日） 死亡的日期
death_certificate.name: 死亡者姓名 死者名字
death_certificate.death_day: 死亡日期（时间） 死亡时间（时分） 具体死亡时间 死亡日期时分
death_certificate.death_cause: 死亡原因诊断 根本死亡原因编码 根本死因诊断 主要死亡原因 致死原因
dibao_margin.relation: 与户主（申请人）关系 家庭成员与户主关系 和户主关系
dibao_margin.name: 家庭成员
rigid_expenditure.relation: 与户主（申请人）关系 家庭成员与户主关系 和户主关系
rigid_expenditure.name: 家庭成员
dibao_margin_household.name: 户主名称 家庭户主姓名 户主（申请人）姓名
dibao_margin_household.covered: 边缘人口数 认定人口数 低边人数 保障人口（人）
dibao_margin_household.since: 认定年月 低边认定时间 审核确认时间 纳入日期 认定日期（年月）
dibao_margin_person.head_id: 户主证件号码 户主身份证 户主公民身份证号 户主身份证件号码
dibao_margin_person.relation: 和户主关系 与户主（申请人）关系 家庭成员与户主关系
dibao_register.name: 家庭成员 保障对象姓名 低保对象姓名 低保人员姓名
dibao_register.relation: 和户主关系 与户主（申请人）关系 家庭成员与户主关系
dibao_rural_household.name: 户主名称 低保户主姓名 户主（申请人）姓名 家庭户主
dibao_urban_household.name: 户主名称 低保户主姓名 户主（申请人）姓名 家庭户主
dibao_rural_household.id: 户主身份证件号码 户主身份证明号码 户主居民身份证号 户主有效证件号码 户主证件号
dibao_urban_household.id: 户主身份证件号码 户主身份证明号码 户主居民身份证号 户主有效证件号码 户主证件号
dibao_rural_household.covered: 保障人口（人） 在保人数 享受低保人口数 低保人口 在保人口
dibao_urban_household.covered: 保障人口（人） 在保人数 享受低保人口数 低保人口 在保人口
dibao_rural_household.base: 低保金额 月低保金额 月低保补差 月保障金额（元/月） 户补差金额 家庭月补差
dibao_rural_household.base: 低保补助金额 月补助金额
dibao_urban_household.base: 低保金额 月低保金额 月低保补差 月保障金额（元/月） 户补差金额 家庭月补差
dibao_urban_household.base: 低保补助金额 月补助金额
dibao_rural_person.name: 低保人员姓名 低保对象姓名 保障对象姓名 家庭成员
dibao_urban_person.name: 低保人员姓名 低保对象姓名 保障对象姓名 家庭成员
dibao_rural_person.head_id: 户主证件号码 户主身份证 户主身份证件号码 户主居民身份证号
dibao_urban_person.head_id: 户主证件号码 户主身份证 户主身份证件号码 户主居民身份证号
dibao_rural_person.relation: 和户主关系 与户主（申请人）关系 家庭成员与户主关系
dibao_urban_person.relation: 和户主关系 与户主（申请人）关系 家庭成员与户主关系
dibao_rural_village.name: 低保户主 户主名称 低保户主姓名
dibao_urban_village.name: 低保户主 户主名称 低保户主姓名
dibao_rural_village.case_number: 低保证书编号 低保证件号 低保证书号 低保证编码
dibao_urban_village.case_number: 低保证书编号 低保证件号 低保证书号 低保证编码
dibao_rural_village.covered: 在保人数 低保人口 在保人口 享受人数
dibao_urban_village.covered: 在保人数 低保人口 在保人口 享受人数
dibao_rural_village.total: 领款金额 低保金合计 领取合计 实领金额
dibao_urban_village.total: 领款金额 低保金合计 领取合计 实领金额
disability_subsidy.name: 享受补贴人姓名 补贴对象姓名 持证人姓名
disability_subsidy.subsidy_kind: 享受补贴种类 补贴名称 补贴分类 享受补贴类别
disability_subsidy.disability_grade: 残疾等级（级） 残疾证等级
disability_subsidy_split.subsidy_living: 困难生活补贴金额 困难残疾人生活补贴（元） 生活补贴金
disability_subsidy_split.subsidy_care: 重度护理补贴 重度护理补贴金额 护理补贴金 重度残疾人护理补贴（元）
disability_subsidy_split.subsidy_care: 重残护理补贴金额
disabled_persons.name: 持证人姓名 持证人
disabled_persons.disability_category: 残疾证类别 残疾分类 主要残疾类别
disabled_persons.disability_grade: 残疾证等级 残疾等级（级） 主要残疾等级
disaster_affected.disaster_kind: 受灾灾种 灾害种类名称 受灾原因 自然灾害种类
farm_machines.name: 购机人 购机人姓名 机具所有人 农机所有人 购机农户姓名
farm_machines.machine_name: 农机具名称 农机类型 机械名称 机具品目名称
fund_platform.transfer_amount: 拨付资金 支付额 实拨金额 本次拨付金额 拨付资金（元）
fund_platform.transfer_day: 拨付年月日 付款日期 付款时间 资金拨付日期 资金拨付时间 拨款时间
fund_platform.name: 收款方 收款人户名 收款方名称 收款方姓名
hardship_students.name: 受助学生姓名 学生名字 资助学生姓名 困难学生姓名
hardship_students.school: 学校全称 就读学校全称 在读学校全称 所在院校
helped_persons.name: 帮扶对象姓名 慰问对象姓名 受助者姓名 受益人姓名 受助学生姓名
helped_persons.help_project: 慰问项目名称 救助项目名称 活动名称
helped_with_goods.help_goods: 帮扶物品名称 发放物资名称 物资明细 物资品名 慰问品及数量
helped_with_goods.name: 慰问对象姓名 慰问对象 帮扶对象姓名
helped_with_money.help_money: 慰问金额（元） 慰问金（元） 资助资金 救助资金 帮扶资金（元） 助学金额
helped_with_money.name: 慰问对象姓名 慰问对象 资助对象 资助对象姓名 受助学生姓名
housing_fund.name: 缴存职工姓名 缴存职工 公积金缴存人姓名
housing_fund.fund_amount: 月缴存总额 公积金月缴存额 月汇缴金额 月缴存合计 月缴存额合计
hukou.name: 公民姓名 居民姓名
hukou.household_code: 户口编号 户口号 家庭户编号 户籍编号
hukou_cancelled.hukou_state: 注销户口原因 户籍注销原因 注销业务类型 户籍注销类别
hukou_cancelled.cancelled_day: 户籍注销日期 户籍注销时间 注销年月日 办理注销日期
income_tax.name: 纳税义务人姓名 纳税人名称
income_tax.income_amount: 本期收入额 申报收入额 收入额合计 收入总额（元）
kin_filings.name: 享受对象姓名 享受救助对象姓名 救助对象（近亲属）姓名 享受低保人员姓名
kin_filings.staff_name: 工作人员（村干部）姓名 备案干部姓名 村（居）干部姓名 报备人姓名
kin_filings.kin_relation: 与享受对象的关系 亲属关系类型 与救助对象的关系 近亲属关系类型
lifted_persons.lifted_class: 脱贫户类别 脱贫属性 农户类型 农户属性
ltc_insurance.name: 待遇享受人姓名 参保人员姓名 失能人姓名 失能老人姓名 享受待遇人员姓名
ltc_insurance.ltc_day: 待遇起始日 待遇开始享受时间 待遇享受起始日期 待遇生效日期 开始享受待遇日期
ltc_insurance.ltc_day: 享受待遇起始日期
medical_invoice.settled_day: 费用结算日期 费用结算时间 医疗费用结算时间 结算日
medical_invoice.medical_total: 医疗费用总金额 医疗总费 住院总费用 医疗费用（元） 总费用（元）
medical_invoice.medical_own_share: 个人自付总额 自付费用 个人自付合计 自付部分 个人自付部分
medical_settlement.settled_day: 费用结算日期 费用结算时间 医疗费用结算时间 结算日
medical_settlement.medical_total: 医疗费用总金额 住院总费用 医疗总费 总费用（元）
medical_settlement.medical_self: 个人负担（元） 个人负担部分 个人承担
medical_subsidised.name: 资助对象姓名 参保人姓名 参保人员姓名 资助人员姓名
medical_subsidised.subsidised_class: 资助人员类型 特殊人员类别 特殊人员类型 参保资助类别 困难群众类别
medical_subsidised.subsidised_class: 资助对象身份
moved_out.name: 迁出人姓名 迁出人员姓名 迁移人姓名
moved_out.moved_day: 迁出注销时间 户口迁出年月日 迁出办理时间
needs.name: 低收入人员姓名 困难群众姓名 救助对象姓名 需求对象姓名
needs.need_text: 困难需求 需求具体内容 急需解决的问题 服务需求内容 主要需求
old_age_allowance.name: 长者姓名 老年人 享受人姓名 高龄人员姓名 受益老人姓名
old_age_allowance.benefit_fen: 高龄津贴发放金额 发放津贴金额 发放津贴 月发放津贴 津贴发放金额 高龄补贴金额
old_age_allowance.benefit_fen: 高龄补贴 尊老金
onecard_list.name: 享受对象 享受对象姓名 补贴享受人 享受人员姓名 补贴对象 受益人名称
onecard_list.id: 享受对象身份证号 享受对象身份证号码 享受人证件号码 补贴对象身份证号码 受益人证件号码
onecard_list.payee_name: 领款人姓名 收款人户名 收款方姓名
onecard_list.paid_amount: 补贴资金 发放金额（元） 本次发放金额 兑付金额 补助金额
orphans.name: 困境儿童姓名 受助儿童姓名 保障对象姓名 儿童名字
orphans.guardian_name: 监护人名称 法定监护人（抚养人） 监护人/抚养人 抚养人（监护人）姓名 现监护人姓名
other_benefit_roster.benefit_class: 补助项目 补助名称 享受类别 享受项目 救助项目 待遇项目
other_benefit_roster.benefit_fen: 月补助金额 月补贴金额 享受金额 补贴资金 发放资金
paid_dibao.paid_total: 实际发放金额 发放金额合计 本月实发金额 本月应发金额 发放额 发放低保金
paid_tekun.paid_total: 实际发放金额 发放金额合计 本月实发金额 本月应发金额 发放额
paid_dibao.account: 收款账号 收款人银行账号 存折（卡）号 一折通号
paid_tekun.account: 收款账号 收款人银行账号 存折（卡）号 一折通号
paid_list.paid_programme: 补贴类别 补贴类型 救助类型 资金名称 救助项目 补贴资金名称
paid_list.paid_amount: 实际发放金额 发放金额合计 补贴金额 发放额 实付金额
pension.name: 领取待遇人员姓名 待遇领取人姓名 待遇领取人 退休职工姓名
pension.pension_fen: 养老金月发放额 每月养老金 当前养老金 月领取养老金金额 养老待遇 发放养老金 月养老金额
platform_alerts.name: 预警人员姓名 疑似人员姓名 疑点对象
platform_alerts.alert_number: 疑点数据编号 预警唯一编号 核查任务编号 下发编号
platform_alerts.alert_text: 预警详细内容 预警情况 疑点详情 疑点问题
prisoners.name: 在押人员姓名 强戒人员姓名 社区矫正对象姓名 矫正对象姓名 罪犯名字
prisoners.custody_from: 刑期起始日 刑期自 服刑开始日期 服刑起始日期 收监执行日期 执行起始日期
public_jobs.employer: 安置单位 用工单位 所在单位 用人单位名称
public_jobs.job_kind: 公益性岗位类型 岗位种类 公益岗类型 公益岗位性质
public_payroll.name: 财政供养人员姓名 工作人员姓名 在编人员姓名 教职工姓名
public_payroll.payroll_unit: 供职单位 所属单位 工作单位名称 编制单位
public_payroll.payroll_kind: 身份性质 编制类别 人员身份类别 财政供养类别
public_rental.name: 承租户主 承租家庭户主 租住人 保障家庭申请人 承租人名称 租赁人姓名
public_rental.rental_mode: 租赁方式 配租形式 保障类别 住房保障形式
real_estate_register.name: 房产所有人 不动产权利人 所有权人名称 房屋权利人 产权所有人
real_estate_register.real_estate_place: 房屋坐落位置 不动产坐落位置 房产座落 房屋所在地址 不动产地址
registered_unemployed.name: 登记失业人员姓名 失业登记人员姓名 失业者姓名
registered_unemployed.unemployed_day: 失业登记办理时间 失业登记年月日 登记失业时间 登记时间
relapse_watch.watch_category: 监测户类别 监测类型 对象类别 防返贫监测对象类型
relapse_watch.relation: 和户主关系 与户主（申请人）关系 家庭成员与户主关系
resources.resource_by: 资源方 提供机构 提供方 服务机构 服务机构名称 资源所属单位
resources.resource_text: 资源描述 资源项目 提供服务内容 服务资源
rigid_expenditure_household.covered: 保障人口（人） 认定人口数 救助人口
rigid_expenditure_household.since: 认定年月 审核确认时间 纳入日期 认定日期（年月）
rigid_expenditure_person.head_id: 户主证件号码 户主身份证 户主身份证件号码
rigid_expenditure_person.relation: 和户主关系 与户主（申请人）关系 家庭成员与户主关系
self_reports.name: 变动对象 变动对象姓名 报告对象姓名 低保对象姓名
self_reports.report_day: 报告年月日 报告登记日期 主动报告年月日
self_reports.report_text: 变化事项 家庭变化情况 报告的内容
self_reports_own.name: 报告者姓名 主动报告者 报告人名称
serious_illness.name: 患者 病人姓名 患病人员姓名
serious_illness.serious_disease: 大病病种名称 罹患疾病 患重大疾病名称 疾病诊断结果 重大疾病种类 重大疾病
service_records.name: 被服务人姓名 服务老人姓名 受服务对象
service_records.service_day: 服务年月日 上门服务时间 上门服务日期 开展服务时间
service_records.service_kind: 服务事项 服务项目名称 服务项目类型
services.resource_name: 服务项目名称 服务清单名称 服务事项名称
services.resource_for: 受众 服务人群 服务对象范围 面向对象 适用人群
sheltered_persons.name: 受助者姓名 被救助人姓名 流浪乞讨人员姓名
sheltered_persons.shelter_day: 入站救助日期 受助时间 到站时间 进站求助时间 入站登记时间
sheltered_persons.shelter_left: 去向情况 离站走向 受助人员去向 返乡去向 离站去向情况
social_insurance.name: 缴费人员姓名 缴费人姓名 参保职工姓名 参保者姓名 参保缴费人员姓名 员工姓名
social_insurance.insurance: 参保险种类型 缴费险种 社保险种 保险种类 险种类别
social_insurance.insured_state: 参保情况 社保缴费状态 缴费状况 缴纳状态 参保缴费情况
tekun_family.living: 基本生活供养费 月基本生活费 基本生活供养标准 生活费标准 月供养标准
tekun_family.head_name: 户主名称 特困户主姓名 户主（申请人）姓名
tekun_household.covered: 特困供养人口 供养人数（人） 特困人口数 特困人口 在供人数
tekun_household.support_mode: 供养方式类别 特困供养方式 救助供养方式
tekun_household.total: 合计金额（元） 月供养金合计 实发合计 供养金合计 发放金额合计 月救助供养金 月补助总额
tekun_household.id: 户主身份证件号码 户主身份证明号码 户主有效证件号码 户主证件号
tekun_person.name: 五保人员姓名 五保对象姓名 特困供养对象姓名 特困供养人员姓名
tekun_person.care_grade: 自理能力等级 自理能力评估结果 生活自理情况 自理情况 生活自理能力等级 自理能力类别
tekun_person.head_id: 户主证件号码 户主身份证 户主身份证件号码
tekun_register.name: 五保人员姓名 五保对象姓名 特困供养对象姓名 特困供养人员姓名
tekun_register.living: 基本生活供养费 月基本生活费 基本生活供养标准 生活费标准 月供养标准
temporary_aid.name: 受助对象姓名 被救助人姓名 求助人姓名 受助人员姓名
temporary_aid.benefit_fen: 临时救助金 发放救助金额 救助资金 实际救助金额 临时救助资金 救助金 审批救助金额
temporary_aid.aid_cause: 申请救助原因 救助理由 申请理由 困难情形 致困原因分类 困难情况
unattended_children.name: 困境儿童姓名 受助儿童姓名 事实无人抚养儿童姓名 无人抚养儿童姓名
unattended_children.guardian_name: 监护人名称 监护人/抚养人 现监护人姓名 抚养人（监护人）姓名
unemployment_benefit.name: 失业金领取人姓名 待遇领取人姓名 领金人员姓名 失业保险金领取人
unemployment_benefit.benefit_fen: 失业金发放金额 失业保险金发放金额 失业保险待遇金额 月发放失业金
unemployment_benefit.benefit_fen: 失业保险金月标准 月失业金额
unemployment_benefit.since: 失业金起始年月 领取开始年月 享受起始年月 失业金开始月份 领取开始月份
unemployment_benefit.since: 待遇起始年月 核定起始年月 领金起始年月
vehicles.name: 车辆所有者 登记车主 车主名字 机动车车主
vehicles.vehicle_plate: 车辆牌照 牌号 机动车号牌 车辆牌照号 号牌号码（车牌）
veteran_care.name: 优抚对象姓名 优抚人员姓名 优待对象姓名 抚恤对象姓名 享受人姓名
veteran_care.benefit_class: 优抚对象身份 优抚人员类别 抚恤补助类别 优抚类型
village_cadres.name: 村（居）干部姓名 两委干部姓名 两委成员姓名 村两委干部姓名
village_cadres.cadre_post: 村（社区）职务 村级职务 两委任职 村（居）任职 村居任职
visits.name: 走访户主 被走访户 走访对象姓名 被访人姓名 入户对象 探访对象 探访对象姓名
visits.visit_day: 入户走访时间 走访年月日 探访年月日 入户走访日期 巡访时间
visits.visit_by: 走访者 走访人姓名 走访人员姓名 走访工作人员 入户走访人 入户人员姓名
winter_relief.winter_persons: 救助人口（人） 需救助人口数 冬春救助人数 救助人口数
winter_relief.winter_aid: 冬春救助资金 救助资金金额 救助款 补助金额（元） 冬春生活救助资金
"""
# Not unambiguous, or somebody else's: never read as this field.
OTHER = """
check_deposit_over.deposit_over: 是否超限
check_tax.income_amount: 应税收入额
death_cancellation.death_day: 死亡年月 死亡注销日期
disability_subsidy.disability_grade: 伤残等级
disability_subsidy_split.subsidy_living: 生活补贴标准
helped_with_goods.name: 领取人
income_tax.name: 被扣缴义务人姓名
income_tax.income_amount: 应税收入
kin_filings.staff_name: 经办人
medical_settlement.medical_self: 个人支付总额 个人支付金额
old_age_allowance.name: 津贴领取人姓名
platform_alerts.name: 预警人姓名
prisoners.custody_from: 刑期起止
service_records.name: 服务人员姓名
sheltered_persons.name: 救助人员姓名
tekun_register.name: 供养人姓名
temporary_aid.name: 救助人姓名
winter_relief.winter_aid: 拟救助金额
applications.application_day: 受理日期
dibao_rural_person.name: 户主姓名 监护人姓名 申请人姓名
dibao_register.name: 监护人姓名
hardship_students.name: 监护人姓名 家长姓名
orphans.name: 监护人姓名
onecard_list.id: 收款人身份证号 户主身份证号
"""


def _cases(text: str) -> list[tuple[str, str, str]]:
    lines = (line.partition(": ") for line in text.strip().splitlines())
    return [(*place.split("."), word) for place, _, words in lines for word in words.split()]  # type: ignore[misc]


def _read_as(key: str, field: str, wording: str) -> bool:
    """Whether the wording is read as the field, beside the other columns that the source must have."""
    template = TEMPLATES[key]
    needed = [one for one, column in template.fields.items() if column.required or one in (field, "id")]
    headings = [wording if one == field else template.fields[one].headings[0] for one in needed]
    column = match_row(template.vocabulary, 1, headings).columns.get(field)
    return column is not None and column.heading == wording


@pytest.mark.parametrize("key", sorted({key for key, _, _ in _cases(KNOWN)}))
def test_other_wordings_of_the_columns_that_must_be_there(key: str) -> None:
    assert [one for one in _cases(KNOWN) if one[0] == key and not _read_as(*one)] == []


def test_every_source_has_such_columns() -> None:
    assert {key for key, _, _ in _cases(KNOWN)} == TEMPLATES.keys()


@pytest.mark.parametrize(("key", "field", "wording"), _cases(OTHER))
def test_what_is_somebody_else_s_or_something_else_is_not_read(key: str, field: str, wording: str) -> None:
    assert not _read_as(key, field, wording)
