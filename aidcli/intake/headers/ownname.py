"""The column of names under a heading that no template lists: the only one ending in 姓名 that is nobody else's."""

from __future__ import annotations

import re
from collections.abc import Collection

from .levels import Block
from .wording import Vocabulary, heading_key, is_of_another, plain_key

_NAMES = re.compile(r"[\u4e00-\u9fff]{1,8}姓名")
# Whose name need not be that of the row's person.
_ELSES = re.compile(
    r"成员|代表|负责|审核|法人|法定|单位|学校|领取|收款|账户|开户|曾用|工作人员|干部|职务|医[生师]|教师|老师|主任|校长|"
    r"丈夫|妻|父|母|爱人|照护|照顾|代管|接收|护送|报告|核查|核实|走访|入户|签|制表|填表|办理|推荐|介绍|担保|共有|产权人|"
    r"户主|顾问|网格|联络|帮扶|结对|包保|包联|死|逝|亡|扣缴|义务|企业|机构|客户|经营|登记|申报|原"
)
# 救助人姓名 may be who helps: of such words only those that somebody is or receives are the row's person.
_ACTOR = re.compile(r"人员?姓名\Z")
_RECEIVES = re.compile(
    r"参保|受|被|持|享|困难|残疾|失业|患|老年|优抚|退休|就业|特困|低保|脱贫|监测|参合|贫困"
)


def own_name_place(
    vocabulary: Vocabulary, block: Block, named: Collection[str], taken: Collection[int]
) -> int | None:
    """Where the names of the rows' persons stand though no known heading says so; None where that is not sure.

    `named` are the fields that have a column, `taken` the places of those columns.
    """
    if "name" not in vocabulary.required or "name" in named or "id" not in named:
        return None
    found = [
        place
        for place, path in enumerate(block.paths)
        if path and place not in taken and _NAMES.fullmatch(plain_key(heading_key(path[-1])))
    ]
    mine = [place for place in found if not any(map(_is_elses, block.paths[place]))]
    return mine[0] if len(mine) == 1 else None


def _is_elses(heading: str) -> bool:
    key = heading_key(heading)
    if is_of_another(key) or _ELSES.search(key):
        return True
    return _ACTOR.search(key) is not None and _RECEIVES.search(key) is None
