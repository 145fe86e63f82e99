"""Identifiers and their official labels: code and database use the first, screens and Excel the second."""

from __future__ import annotations

from .errors import WrongUsage

PROGRAMMES = {
    "dibao": "最低生活保障",
    "tekun": "特困人员救助供养",
    "dibao_margin": "最低生活保障边缘家庭",
    "rigid_expenditure": "刚性支出困难家庭",
    "relapse_watch": "防止返贫监测对象",
    "orphan": "孤儿基本生活保障",
    "unattended_child": "事实无人抚养儿童保障",
    "disability_subsidy": "残疾人两项补贴",
    "old_age_allowance": "高龄津贴",
    "unemployment_benefit": "失业保险金",
    "veteran_care": "优抚对象抚恤补助",
    "temporary_aid": "临时救助",
    "other_benefit": "其他救助或待遇",
}
SHORT_PROGRAMMES = {
    "dibao": "低保",
    "tekun": "特困",
    "dibao_margin": "低保边缘",
    "rigid_expenditure": "刚性支出",
    "relapse_watch": "防返贫监测",
    "orphan": "孤儿",
    "unattended_child": "事实无人抚养儿童",
    "disability_subsidy": "两项补贴",
    "old_age_allowance": "高龄津贴",
    "unemployment_benefit": "失业保险金",
    "veteran_care": "优抚",
    "temporary_aid": "临时救助",
    "other_benefit": "其他待遇",
}
# The rosters of the low-income population; who stands on others (allowances, watch lists) is not counted in it.
ASSISTANCE = ("dibao", "tekun", "dibao_margin", "rigid_expenditure")
# How the workbook of set-aside rows is headed, in front of the department's own columns.
SET_ASIDE = ("搁置原因", "原表行号")
# Facts that put somebody on a roster or say that they left it.
LISTING = ("enrolled", "member", "ended")
RESIDENCES = {"urban": "城市", "rural": "农村"}
SUPPORT_MODES = {"institution": "集中供养", "home": "分散供养"}
CARE_GRADES = {"independent": "全自理", "partial": "部分丧失自理能力", "dependent": "完全丧失自理能力"}
DISABILITY_CATEGORIES = {
    "visual": "视力",
    "hearing": "听力",
    "speech": "言语",
    "limb": "肢体",
    "intellectual": "智力",
    "mental": "精神",
    "multiple": "多重",
}
PAY_ITEMS = {
    "base": "基本保障金",
    "category_supplement": "分类施保",
    "living": "基本生活费",
    "care": "照料护理费",
    "total": "合计金额",
}
DEATH_SOURCES = {
    "cremation": "殡葬火化",
    "hukou_cancelled": "公安死亡注销",
    "medical_certificate": "死亡医学证明",
}
ROUTES = {
    "apply": "纳入申请",
    "convert": "转类（须同意）",
    "adjust": "增发或减发",
    "stop": "停发",
    "push": "商请或推送部门",
    "temporary_aid": "临时救助",
    "service": "服务或慈善转介",
    "conference": "一事一议",
    "watch": "持续监测",
}
DEPARTMENTS = {
    "civil_affairs": "民政",
    "disabled_federation": "残联",
    "medical_insurance": "医保",
    "human_resources": "人社",
    "public_security": "公安",
    "funeral": "殡葬",
    "bank": "代发银行",
    "health": "卫生健康",
    "education": "教育",
    "veterans": "退役军人事务",
    "emergency": "应急",
    "housing": "住建",
    "real_estate": "不动产登记",
    "market": "市场监管",
    "traffic": "车管",
    "agriculture": "农业农村",
    "tax": "税务",
    "housing_fund": "公积金",
    "justice": "司法",
    "finance": "财政",
    "check_centre": "核对机构",
    "mass_organisation": "群团慈善",
}
ROLES = {
    "head": "户主",
    "member": "家庭成员",
    "subject": "本人",
    "guardian": "监护人",
    "account_holder": "开户人",
    "carer": "照料人",
    "applicant": "申请人",
    "reporter": "报告人",
    "staff": "工作人员",
    "keeper": "卡折代管人",
    "adviser": "救助顾问",
    "spouse": "配偶",
}
SEXES = {"male": "男", "female": "女"}
ID_KINDS = {
    "valid": "有效",
    "legacy15": "15位旧号",
    "bad_check": "校验位不符",
    "cut": "末位丢失",
    "scientific": "科学计数法",
    "masked": "脱敏号码",
    "missing": "未填",
    "other": "其他证件或无法识别",
}
TIERS = {"auto": "自动关联", "review": "待人工确认", "none": "不关联"}
RUN_STATUSES = {
    "draft": "草稿",
    "approved": "已审批",
    "sent": "已送银行",
    "answered": "已回盘",
    "closed": "已结",
    "rejected": "已退回",
}
ALERT_STATUSES = {
    "open": "待核查",
    "assigned": "已派单",
    "visited": "已入户",
    "decided": "已决定",
    "close_proposed": "建议关闭",
    "closed": "已关闭",
}
PAYMENT_KINDS = {
    "regular": "正常发放",
    "arrears": "补发",
    "one_off": "一次性",
    "correction": "更正",
    "reversal": "冲销",
}
PRIORITIES = {1: "急", 2: "高", 3: "中", 4: "低"}


def find_programme(word: str) -> str:
    """The identifier for a programme given as identifier, short or full label; raises `WrongUsage`."""
    for table in (PROGRAMMES, SHORT_PROGRAMMES):
        for key, label in table.items():
            if word in (key, label):
                return key
    known = "、".join(SHORT_PROGRAMMES.values())
    raise WrongUsage("unknown_programme", f"没有名为“{word}”的救助类型，可用：{known}")
