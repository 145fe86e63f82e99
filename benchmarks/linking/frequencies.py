"""What Chinese names are made of: surnames with their shares, given names by year of birth and sex, the
signs that are read alike, look alike or have a traditional form, names of other peoples, places.

Shares are rounded to what the national name reports and common experience say; they matter as a shape
(few surnames for many people, fashions of a generation), not to the digit.
"""

# ruff: noqa: SIM905  (lists of words are read best as words)

from __future__ import annotations

from itertools import accumulate

# Surname and its share in thousandths of the population.
_SURNAMES = """
王71 李70 张67 刘51 陈46 杨31 黄23 赵22 吴21 周20 徐15 孙14 马13 朱12 胡12 郭11 何11 高10 林10 罗10
郑9 梁8 谢8 宋7 唐7 许7 韩6 冯6 邓6 曹6 彭6 曾6 肖6 田5 董5 潘5 袁5 蔡5 蒋4 余4 于4 杜4 叶4 程4
魏4 苏4 吕4 丁4 任4 卢4 姚4 沈4 钟4 姜4 崔4 谭4 陆3 范3 汪3 廖3 石3 金3 韦3 贾3 夏3 付3 方3 邹3
熊3 白3 孟3 秦3 邱3 侯3 江3 尹3 薛2 闫2 段2 雷2 龙2 黎2 史2 陶2 贺2 毛2 郝2 顾2 龚2 邵2 万2 覃2
武2 钱2 戴2 严2 莫2 孔2 向2 常2 汤2 康1 易1 乔1 赖1 文1 樊1 葛1 殷1 施1 洪1 颜1 温1 庞1 牛1 岳1
齐1 伍1 翟1 申1 聂1 焦1 鲁1 柳1 邢1 骆1 章1 关1 曲1 俞1 左1 辛1 管1 祝1 霍1 房1 耿1 尤1 毕1 梅1
纪1 童1 尚1 路1 单1 仇1 解1 傅1 萧1 阎1 代1 费1 简1 柯1 阳1 宁1 冉1 滕1 欧阳0.5 司马0.1 上官0.1
诸葛0.1 皇甫0.1 司徒0.1 尉迟0.05 令狐0.05 夏侯0.05 东方0.05
"""

# First year of the cohort, share of one-sign given names, signs of men, signs of women: commonest first.
_COHORTS = (
    (
        1900,
        0.12,
        "德明国文华清金玉福贵荣生发有光兴正长永春林山海水全成忠义仁良财友顺祥龙昌庆元才学本天世万宝树木土根",
        "秀英兰珍玉桂芳凤莲香珠琴月娥芝花云梅素淑翠金美芬琼菊贞惠银仙妹",
    ),
    (
        1950,
        0.13,
        "建国军华明志强平文生海林永德福荣春保卫东红新民胜利光辉庆云龙祥金学忠贵清",
        "英秀兰芳玲丽华桂红霞琴凤玉珍萍燕云梅美淑艳娟敏莉春花菊芬清香莲翠",
    ),
    (
        1970,
        0.30,
        "伟强军磊勇涛超明刚平辉鹏杰峰华波斌飞建志文海林亮东国鑫俊宏浩凯",
        "丽静艳娟敏霞芳燕娜玲红梅莉萍婷英雪慧洁琳倩莹晶颖琴海玉晓春",
    ),
    (
        1990,
        0.20,
        "浩杰鑫俊宇磊涛伟博文超鹏凯旭龙阳晨志明帅晓天嘉豪健辉峰翔",
        "婷雪倩悦欣佳怡慧颖琳静玉梦娜雅洁莹思雨文晓瑶蕾露璐敏艳丽",
    ),
    (
        2005,
        0.06,
        "浩宇轩子涵梓睿泽辰博文俊杰佳豪皓奕晨嘉铭宸一诺沐昊天逸煜航",
        "涵梓欣怡诗雨萱子佳语桐一诺可馨彤思雅琪若曦芷妍艺瑶梦婷悦晨依",
    ),
)
GENERATION_SIGNS = "德仁义忠孝文明国正大光荣永承先志学兴家世昌庆传祖宗泽福长善继绍宏启开元景朝"

# Read alike (tones left aside), surnames in their reading as surnames.
_READINGS = """
bai柏白 bao宝保葆 bei倍 ben本 bi毕 bin斌彬宾滨 bing兵 bo波博勃伯 bu部 cai财才材蔡彩 cao曹 chang长昌常畅 chao超朝潮晁
chen晨辰宸臣沉陈 cheng成诚程承 chun春纯 cui翠脆崔 dai戴代 dan丹 de德得 deng邓 di笛 ding丁 dong东冬栋董 du杜 duan段
duo朵 e娥鹅 fa发法 fan范樊 fang芳方坊防房 fei飞菲妃斐费 fen芬纷 feng凤峰锋丰枫奉冯 fu福富付傅 gang刚钢岗纲 gao高 ge葛
gen根 geng耕耿 gong龚 gu顾 guan关管 guang光广 gui贵桂柜 guo国果郭 hai海亥 han涵函晗寒韩 hang航杭 hao浩豪皓昊毫好郝
he何贺和 hong红宏鸿洪虹弘 hou侯候 hu胡 hua华花桦骅 huang黄 hui惠辉慧卉会晖徽 huo霍 ji纪 jia嘉佳家加甲贾
jian建健剑见鉴简 jiang蒋姜江 jiao焦 jie杰洁捷婕节 jin金锦津今 jing静晶婧靖敬京景 ju菊局居 juan娟涓绢
jun军俊峻骏竣君钧均 kai凯楷恺开 kang康 ke可珂科柯 kong孔 lai赖 lan兰岚蓝澜 le乐 lei磊蕾雷累 li利丽莉俐力立励荔李黎
lian莲连联廉涟 liang良亮谅梁 liao廖 lin林琳霖临 ling玲铃灵龄凌陵 liu刘柳 long龙隆 lu露璐吕卢陆鲁路 luo罗骆 ma马 mao毛
mei梅美妹媚眉 meng梦孟 miao苗 min民敏闽旻 ming明铭鸣名茗 mo莫 mu木沐牧慕目 na娜那纳 nie聂 ning宁 niu牛 nuo诺懦 pan潘
pang庞 pei培佩沛 peng鹏彭 ping平萍苹屏 qi琪齐奇 qian倩茜芊千谦乾钱 qiang强墙蔷 qiao乔 qin琴勤芹钦秦 qing清庆青卿
qiong琼穷 qiu秋球邱仇 qu曲 quan全泉权 ran冉 ren仁任人 rong荣容蓉融 rui睿瑞锐蕊 ruo若偌 shan山珊单 shang尚 shao邵
shen沈申 sheng生胜圣盛升声 shi世诗师施时士市仕石史 shu树淑书舒 shuai帅率 shui水 shun顺舜 si思斯丝司 song宋 su素苏肃
sun孙 tan谭覃 tang唐汤 tao涛滔韬陶桃 teng滕 tian天添田 ting婷亭庭廷 tong桐彤同童瞳 tu土图 wan万婉 wang王汪
wei卫伟蔚维威薇炜玮苇巍魏韦 wen文雯闻纹温 wu吴武伍 xi曦希熙西溪 xia霞侠夏峡 xian仙先鲜 xiang祥香翔湘详向
xiao晓小筱肖孝萧 xie谢解 xin新鑫欣馨薪心信昕辛 xing兴星行邢 xiong熊 xiu秀绣修袖 xu旭徐许 xuan轩萱宣瑄璇旋 xue学雪薛
ya雅亚娅 yan燕艳妍雁彦砚岩严延闫颜阎 yang阳洋扬杨 yao瑶遥尧姚 ye叶 yi义怡奕一逸艺依仪宜伊意毅益易亿 yin银音殷因尹
ying英莹颖瑛影映盈迎 yong永勇咏 you有友又尤 yu玉宇雨煜语羽禹育钰昱裕郁余于俞予 yuan元园源圆媛袁 yue月悦越岳跃
yun云芸允运匀韵 ze泽则择 zeng曾 zhai翟 zhang张章 zhao赵兆 zhen珍贞真祯臻镇振震 zheng正政征郑 zhi芝志芷智致之枝知纸旨
zhong忠中钟 zhou周 zhu珠朱祝 zi子梓紫籽 zou邹 zuo左
"""

# Pairs that a tired eye or a scanner takes for one another.
_LOOK_ALIKE = """
未末 己已 土士 日曰 大太 天夫 人入 木本 干千 侯候 傅付 阎闫 兰蓝 杨扬 汪江 刘列 陈阵 李季 徐涂 郭部 林木 宋未
伟炜 强彊 军车 蕾雷 涛滔 明朋 勇湧 丽俪 霞露 芳芬 玲铃 英荚 秀秃 建健 国圆 华毕 志忘 春舂 海悔 琳淋 菜荣 清请
凤风 珍诊 桂挂 莲连 香看 燕蒸 娟捐 敏繁 静净 婷停 雪雷 慧惠 洁结 倩情 颖颍 莹萤 晶品 俊峻 浩洁 宇字 博搏
鹏腾 凯铠 旭旮 阳阴 晨晟 帅师 嘉喜 豪毫 辉挥 峰锋 翔祥 轩轻 子予 涵函 睿眷 泽译 奕弈 铭名 宸辰 诺若 沐休
煜熠 航舫 欣欧 怡抬 诗待 萱宣 语悟 桐铜 馨磬 琪淇 曦羲 芷芒 妍研 艺芝 瑶谣 依衣 贵责 德徳 忠患 仁仨 良艮
友反 样祥 龙尤 昌唱 庆床 元无 才寸 学字 世也 万方 宝室 树村 根跟 玉王 美关 花苍 梅海 素累 淑椒 菊鞠 仙灿 妹妺
"""

_TRADITIONAL = (
    "张張刘劉陈陳杨楊赵趙吴吳孙孫马馬罗羅郑鄭谢謝许許韩韓冯馮邓鄧苏蘇吕呂卢盧钟鍾谭譚陆陸贾賈邹鄒"
    "闫閆龙龍贺賀顾顧龚龔万萬钱錢严嚴汤湯齐齊骆駱关關纪紀单單费費简簡阳陽宁寧国國华華贵貴荣榮发發兴興"
    "长長财財顺順祥祥庆慶学學宝寶树樹兰蘭凤鳳莲蓮云雲军軍强強东東红紅胜勝丽麗玲玲艳艷伟偉涛濤刚剛"
    "鹏鵬杰傑锋鋒飞飛颖穎洁潔莹瑩旭旭帅帥梦夢轩軒泽澤铭銘诗詩语語艺藝义義琼瓊银銀卫衛辉輝"
    "晓曉娅婭蕾蕾瑶瑤贞貞芦蘆韦韋叶葉范範肖蕭傅傅尔爾买買热熱孜孜达達玛瑪扎紮"
)

# Given name and father's name of Uyghurs; halves of Tibetan names; Yi clans and given names.
UYGHUR_MEN = (
    "买买提 吐尔逊 玉素甫 阿不都热依木 努尔买买提 艾合买提 阿卜杜拉 依明 卡德尔 热合曼 司马义 "
    "图尔荪 买合木提 阿布都克里木 艾力 库尔班 亚森 肉孜 哈力克 巴拉提 约麦尔 吾买尔"
).split()
UYGHUR_WOMEN = (
    "阿依古丽 古丽努尔 帕提古丽 热孜万古丽 阿米娜 海丽且姆 玛依努尔 再乃普 布海丽其 古丽巴哈尔 "
    "阿提古丽 努尔古丽 茹仙古丽 吐尔逊阿依 左热古丽 早热古丽 哈丽旦 迪丽努尔"
).split()
TIBETAN = "扎西 次仁 多吉 达瓦 尼玛 平措 旺堆 格桑 洛桑 丹增 索朗 巴桑 普布 边巴 贡布 仁青".split()
TIBETAN_WOMEN = "卓玛 央金 拉姆 德吉 白玛 曲珍 卓嘎 央宗 玉珍 措姆".split()
YI_CLANS = "阿木 吉克 沙马 阿苦 阿力 曲比 马海 吉木 阿尔 木乃 海来 勒伍".split()
YI_MEN = "尔布 尔古 伍牛 木果 日古 拉日 尔扎 子日 史古 拉惹 阿合 伍各".split()
YI_WOMEN = "阿依 日牛 伍呷 乌牛 阿呷 日洛 尔作 吉作 阿果 日扎".split()

PLACE_SIGNS = (
    "青山 白石 双河 龙泉 东塘 西岭 南坪 北沟 新桥 老湾 红岩 黄坡 清溪 大石 小河 三江 五里 八仙 长岭 高峰 "
    "平安 和平 永兴 太平 安乐 石门 云台 凤凰 金鸡 银杏 松林 竹园 柳树 桃花 梅岭 荷塘 沙湾 泥河 泉水 井台 "
    "前进 光明 红旗 胜利 团结 幸福 兴隆 富强 向阳 朝阳 望江 临水 上马 下马 中心 古城 新民 建设 福利 杨柳"
).split()
VILLAGE_ENDS = "家村 家庄村 家湾村 家坪村 家沟村 家岭村 家集村 家寨村".split()

DOT = "·"

SURNAMES: list[str] = []
SURNAME_WEIGHTS: list[float] = []
for _word in _SURNAMES.split():
    _name = _word.rstrip("0123456789.")
    SURNAMES.append(_name)
    SURNAME_WEIGHTS.append(float(_word[len(_name) :]))
SURNAME_SUMS = list(accumulate(SURNAME_WEIGHTS))
COMPOUND = frozenset(name for name in SURNAMES if len(name) > 1)


def _weights(signs: str) -> list[float]:
    """The commoner signs stand first: a flat Zipf law."""
    return list(accumulate(1 / (place + 6) for place in range(len(signs))))


COHORTS = tuple(
    (first, single, (men, _weights(men)), (women, _weights(women))) for first, single, men, women in _COHORTS
)

READING: dict[str, str] = {}
ALIKE: dict[str, str] = {}
for _word in _READINGS.split():
    _signs = _word.lstrip("abcdefghijklmnopqrstuvwxyz")
    for _sign in _signs:
        READING[_sign] = _word[: len(_word) - len(_signs)]
        ALIKE[_sign] = _signs.replace(_sign, "")

LOOK_ALIKE: dict[str, str] = {}
for _pair in _LOOK_ALIKE.split():
    for _one, _other in (_pair, _pair[::-1]):
        LOOK_ALIKE[_one] = LOOK_ALIKE.get(_one, "") + _other

TRADITIONAL = {
    _TRADITIONAL[at]: _TRADITIONAL[at + 1]
    for at in range(0, len(_TRADITIONAL), 2)
    if _TRADITIONAL[at] != _TRADITIONAL[at + 1]
}
SIMPLIFIED = str.maketrans({new: old for old, new in TRADITIONAL.items()})


def surname_of(name: str) -> str:
    """The surname in front of a Chinese name; of a name with a dot the part before it."""
    if DOT in name:
        return name.split(DOT)[0]
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
