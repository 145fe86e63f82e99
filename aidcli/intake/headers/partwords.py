"""The words that headings are made of: a closed list, by what they do in a heading.

Words joined by = mean the same wherever they stand in a heading; the first of them names them all.
What is not listed here counts as written: it must stand in both of two headings that are compared.
"""

from __future__ import annotations

# Persons whom a list may be about.
_SUBJECTS = """
逝者=死者=亡者=亡人=亡故者=亡故人=亡故人员=死亡者=死亡人=死亡人员=逝世者=逝世人员=已故人员=已故者=去世人员
逝者=去世者=身故人员=身故者 学生=受资助学生=困难学生 老人=老年人=高龄老人=高龄老年人=高龄人员=长者=老龄人员
儿童=孤儿=未成年人=孩子=困境儿童 残疾人=残疾人员=持证残疾人 患者=病人=就诊人=就诊人员=患病人员
参保人=参保人员=被保险人=参保对象 失业人员=失业者=失业登记人员=登记失业人员 退休人员=离退休人员=退休人
优抚对象=优抚人员=抚恤对象 特困人员=供养对象=供养人员=特困对象=五保对象=五保老人=特困供养人员=特困供养对象
低保人员=低保对象 服刑人员=罪犯=服刑人 所有人=车主=车辆所有人=机动车所有人=登记所有人
权利人=产权人=房屋所有权人=不动产权利人=产权所有人 经营者=经营人 法定代表人=法人代表=法人 纳税人=纳税人员
承租人=租户=租赁人 受灾人员=灾民=受灾群众=受灾人 求助人员=求助人=流浪乞讨人员
失能人员=失能老人=失能者 被核对人=核对对象=被核对人员 缴存人=缴存职工=公积金缴存人 村干部=社区干部=村居干部
"""

# Words for the person of a row, whatever the list.
_GENERAL = """
救助对象=受助人=受助者=受助对象=被救助人=享受人=享受人员=享受对象=保障对象=待遇享受人=补贴对象=补助对象
救助对象=津贴对象=受助人员 对象 人员 本人=当事人
"""

# Persons who stand beside the one a row is about, and those who may be either.
_OTHERS = """
户主 申请人=申请者 监护人=法定监护人 家长=学生家长 抚养人 赡养人 扶养人 配偶 父亲 母亲 子女 家属=亲属 联系人
经办人=经手人 经办人员 承办人 代办人 代领人 领取人=领取人员 受益人 委托人 受托人 代管人 保管人 照料人 护理人
照护人 开户人 持卡人 收款人 领款人 付款人 申报人 报告人 填报人 登记人 走访人 核查人 审核人 审批人 负责人
责任人 帮扶责任人 帮扶人 网格员 投资人 股东 共有人 担保人 介绍人 投靠人 死亡申报人
家庭成员=成员=共同生活家庭成员
"""

# What stands in the column: it is the last word of a heading.
_KINDS = """
姓名=名字
身份证号=身份证号码=身份证件号=身份证件号码=身份证明号码=身份证编号=有效身份证件号码=居民身份证号
身份证号=居民身份证号码=居民身份证件号码=公民身份号码=公民身份号=公民身份证号=公民身份证号码=证件号=证件号码
身份证号=有效证件号码=有效证件号 日期=时间=年月日 月份=年月 号码=号=编号 金额=额=数额=资金=款项=金=款=额度
费用=费 人数=对象数=人员数=人口=人口数=人口数量=人员数量 月数 户数 类别=类型=种类 等级=级别 程度 状态=状况
情况 方式=形式 原因=事由=理由 结果 名称 标准 单位 地址=所在地=所在地址 详址=详细地址
电话=联系电话=联系方式=联系手机=手机=手机号=手机号码=电话号码=联系电话号码=移动电话
账号=账户号=账户号码=账号号码 卡号 户名=账户名=账户名称 关系 性别 年龄 出生日期=出生年月日=生日=出生时间
收入 工资 面积 数量
"""

# Words that tell one column from the other: they are never left out and never added.
_TELLING = """
应发 实发=实际发放 补发 停发 续发 预发 已发 未发 应缴 实缴 应付 实付 应领 实领 自付 自费 全自费 负担=承担
报销 统筹 账户 基金 现金 大病 入院 出院 门诊 迁入 迁出 入站 离站=出站 出生
死亡=去世=逝世=亡故=过世=身故=身亡=病故 火化=火葬 注销=销户 吊销 申请 受理 审批=批准 审核 确认 上报 备案
公示 变更 撤销 领证 办结 结婚 离婚 退休 退出 停保 续保 反馈 查询 确诊 签订 生效 缴纳=缴费 缴存 提取 存款
贷款 借款 余额 限额 差额 税额 税 租金 押金 奖金 房租 残疾 城市=城镇 农村 集中 分散 户籍=户口 居住 护理 照料
生活补贴 护理补贴 临时 特困证 低保证 残疾证=残疾人证 火化证 学籍 学校 医院
"""

# So do these, which say how much or when of a thing and nothing of the thing.
_MEASURES = """
累计 合计=小计=总计=共计 年=全年=年度=每年 本年=当年 上年 年均 月均 半年 季度=季 人均 户均 开始=起始=起
终止=截止=结束=到期=期满=止 首次=初次=最初 末次=最后=最近 毛 净 纯 原 曾用 现 新 旧
"""

# Acts that a heading may name before or behind what they are done to (失业登记, 登记失业).
_ACTS = """
登记 注册 结算=出院结算=住院结算=费用结算 发放=支付=拨付=拨款=打卡发放 领取 享受 认定 评估 鉴定 救助 补助
补贴 津贴 保障 供养 资助 帮扶 走访=入户走访 核查=入户核查 探访 开户 就读=在读 转移 参保 待遇
"""

# What a list is about. In a list whose columns say so again and again the word may as well be missing.
_TOPICS = """
失业 低保=最低生活保障 特困 高龄=老龄 医疗=诊疗 住院 养老
企业=商户=个体户=个体工商户=市场主体=经营主体=商事主体=主体=公司 车辆=机动车=汽车 房屋=住房=房产=不动产 遗体
合同 公积金=住房公积金 重病=重大疾病
"""

# Words that a template may show to make no difference: it lists a column with and without them.
_SOFT = """
月=每月=按月 本月=当月 本次=本期=此次 家庭=户=每户=全户=全家 个人 总 基本 保险 生活 银行 所在 就医 刑期
家庭经济
"""

# Institutions: 医院 and 医院名称 are one.
_INSTITUTIONS = """
医院 学校 单位 银行 企业 机构 公司 殡仪馆 社区 村 乡镇 街道 医疗机构 疾病 病种 诊断 字号
"""

_OF_MONEY = """
费用 收入 工资 补贴 津贴 补助 余额 租金 自付 自费 负担 报销 应发 实发 补发 发放 生活补贴 护理补贴
"""

# Words that are whole and hold a shorter one by chance.
_WHOLE = """
银行卡 字号 号牌 品牌 型号 机构 医疗机构 殡仪馆 社区 村 乡镇 街道 疾病 病种 诊断 职务 年级 学年 学期 年限
青年 农户 用户 住户 门户 金融 金属 总工会 消费 入户 户号 收费 免费 年金 经费 收款 付款 汇款 罚款 退款 本金
成本 资本 月嫂 分类施保 分类救助 民政 统一社会信用代码=统一信用代码=社会信用代码=信用代码 人口普查 目的
编码=代码 区号 学号 序号 批号
"""

FILLERS = frozenset(("的", "之", "具体", "相关", "有关", "详细", "信息", "资料", "办理", "完成", "生前"))


def _groups(text: str) -> dict[str, str]:
    """Each word with the first of those that mean the same."""
    return {word: group.split("=")[0] for group in text.split() for word in group.split("=")}


def _in_other_forms(text: str) -> dict[str, str]:
    """The same with 照料人员 and 照料者 for 照料人."""
    found = _groups(text)
    forms = {
        form: name
        for word, name in found.items()
        if word.endswith("人")
        for form in (word + "员", word[:-1] + "者")
    }
    return {**forms, **found}


_TABLES = (
    *(_groups(text) for text in (_WHOLE, _SOFT, _TOPICS, _ACTS, _TELLING, _MEASURES, _KINDS)),
    *(_in_other_forms(text) for text in (_OTHERS, _GENERAL, _SUBJECTS)),
)
WORDS: dict[str, str] = {word: name for table in _TABLES for word, name in table.items()}

SUBJECTS = frozenset(_groups(_SUBJECTS).values())
GENERAL = frozenset(_groups(_GENERAL).values())
OTHERS = frozenset(_groups(_OTHERS).values())
PERSONS = SUBJECTS | GENERAL | OTHERS
KINDS = frozenset(_groups(_KINDS).values())
MEASURES = frozenset(_groups(_MEASURES).values())
TELLING = frozenset(_groups(_TELLING).values()) | MEASURES
TOPICS = frozenset(_groups(_TOPICS).values())
ACTS = frozenset(_groups(_ACTS).values())
BASIC = frozenset(_groups(_SOFT).values())
SOFT = BASIC | TOPICS | ACTS
INSTITUTIONS = frozenset(_INSTITUTIONS.split())
# Any sum of a list is paid and drawn.
COMMON_ACTS = frozenset(("发放", "领取", "享受", "待遇"))
# What says enough where it stands alone.
TELLING_ALONE = frozenset(("姓名", "身份证号", "出生日期", "电话", "性别", "户名"))
# Where a heading ends with one of these a sum is meant: 个人自付 is 个人自付金额.
OF_MONEY = frozenset(_OF_MONEY.split())
# What has a day of its own: 死亡登记 and 登记死亡 need not be of one day.
DATED = frozenset(
    ("出生", "死亡", "火化", "入院", "出院", "结婚", "离婚", "退休", "迁入", "迁出", "注销", "确诊")
)
# These sign: 经办人 alone is a signature, 持卡人 alone a name.
SIGNERS = frozenset(("经办人", "承办人", "填报人", "登记人", "审核人", "审批人", "核查人"))
# In a list about the one the rows are about the other.
WHO_IS_IN = {"失业": "失业人员", "低保": "低保人员", "特困": "特困人员", "高龄": "老人"}
# 住院总费用 is the whole of a list of 医疗 that speaks of no 门诊.
PART_OF = {"住院": "医疗"}
CONTRASTS = {"住院": "门诊"}
