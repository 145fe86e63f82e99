"""What the invented district is made of: names by frequency, places, banks, words for table cells."""

from __future__ import annotations

REGION = "990101"
PROVINCE, CITY, DISTRICT = "示例省", "示例市", "示例区"
BANK = "示例农商银行"

# (town, is it a 街道); the order of the list is the order of every roster.
TOWNSHIPS = (
    ("青禾镇", False),
    ("白塘镇", False),
    ("云岭镇", False),
    ("沙河镇", False),
    ("石桥街道", True),
    ("新城街道", True),
)
INSTITUTIONS = (("示例区青禾敬老院", "青禾镇"), ("示例区石桥敬老院", "石桥街道"))

_SIDES = "东西南北上下前后大小"
_GROUNDS = "塘湾桥岗溪坪洼庄林石柳槐松竹"
_QUARTERS = ("和平", "光明", "建设", "新华", "幸福", "团结", "胜利", "朝阳")


def villages(township: int, count: int) -> list[str]:
    """`count` villages of a township; some names occur in several townships, as they really do."""
    pairs = [side + ground for ground in _GROUNDS for side in _SIDES]
    start = township * 7  # overlapping slices: the same name in neighbouring townships
    return [pairs[(start + index * 3) % len(pairs)] + "村" for index in range(min(count, len(pairs)))]


def communities(township: int, count: int) -> list[str]:
    """`count` urban communities of a township."""
    made = []
    for index in range(count):
        name = _QUARTERS[(township + index) % len(_QUARTERS)]
        turn = index // len(_QUARTERS)
        made.append(f"{name}社区" if turn == 0 else f"{name}{turn + 1}区社区")
    return made


# Surnames with rough shares in ten thousand.
SURNAMES = dict(
    zip(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
        "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛段郝顾龚邵万覃武钱戴莫孔向汤",
        [717, 700, 674, 538, 453, 308, 223, 214, 204, 202]
        + [145, 138, 129, 126, 116, 115, 106, 102, 98, 86, 85, 84, 73, 71, 69, 66, 65, 64, 62, 58]
        + [55, 53, 53, 52, 51, 50, 49, 48, 48, 47, 47, 46, 45, 45, 44, 43, 42, 40, 39, 38]
        + [36, 35, 34, 34, 33, 33, 32, 31, 31, 30, 29, 28, 27, 27, 26, 26, 25, 25, 24, 24]
        + [23, 23, 22, 22, 21, 21, 20, 20, 19, 19, 18, 18, 17, 17, 17, 16, 16, 16, 15, 15]
        + [14] * 20,
        strict=False,
    )
)
COMPOUND_SURNAMES = ("欧阳", "司马", "上官", "诸葛")
MALE_GIVEN = "伟强军明勇国建华志平文海波杰斌超林成龙德春生辉鹏永福贵荣庆祥学忠良树金红宝喜亮刚东"
FEMALE_GIVEN = "芳英秀兰玉梅桂珍红丽霞燕敏静娟艳萍凤淑华琴慧莲荣香春美云洁月娥翠花爱菊素雪巧"
YOUNG_GIVEN = "子浩宇轩梓涵雨欣怡佳俊睿思晨嘉诗博文一诺可馨泽语桐"
# In GBK, and outside it (a department that writes GBK cannot spell the second kind at all).
RARE_GIVEN = ("堃", "喆", "燊", "龑", "犇", "垚")
RARER_GIVEN = ("㛃", "䶮", "𠮷")
DOTTED_NAMES = ("阿依古丽·买买提", "古丽娜尔·艾山", "扎西·次仁", "玛依拉·吐尔逊", "艾力·阿不都", "卓玛·央金")

CATEGORIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
GRADES = "一二三四"
CARE_GRADES = ("全自理", "部分丧失自理能力", "完全丧失自理能力")
REASONS = ("因病", "因残", "缺乏劳动力", "年老体弱", "失业", "单亲家庭", "子女就学")
SCHOOLING = ("文盲或半文盲", "小学", "初级中学教育", "普通高级中学教育", "中等职业教育")
HEALTH = ("健康", "良好", "一般或较弱", "有慢性病")
ILLNESSES = (
    "高血压",
    "2型糖尿病",
    "脑梗死",
    "慢性肾脏病",
    "冠心病",
    "恶性肿瘤",
    "肺炎",
    "股骨骨折",
    "慢阻肺",
)
CREMATORIES = ("示例市殡仪馆", "示例区殡仪馆")
POLICE = ("青禾派出所", "白塘派出所", "云岭派出所", "沙河派出所", "石桥派出所", "新城派出所")
JOBLESS_REASONS = ("合同期满", "单位裁员", "个人原因离职", "企业关闭", "灵活就业中断")
HARD_TO_PLACE = ("", "", "零就业家庭成员", "低保家庭成员", "大龄失业人员", "残疾人", "长期失业人员")
FAIL_REASONS = ("户名不符", "账号不存在", "账户状态异常", "户名不符", "长期不动户")
