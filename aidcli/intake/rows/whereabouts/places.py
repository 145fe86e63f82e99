"""Townships and villages of the rows, called as the list of the district calls them."""

from __future__ import annotations

from ...regions import Place, Regions


class Places:
    """Looks the places of a sheet up; each name that the list does not hold is noted once.

    `told`: the township of rows that do not tell theirs, '' for none.
    """

    def __init__(self, regions: Regions) -> None:
        self.regions = regions
        self.told = ""
        self._noted: set[tuple[str, str, str]] = set()

    def __bool__(self) -> bool:
        return bool(self.regions)

    def settle(self, words: dict[str, str]) -> list[tuple[str, str]]:
        """Puts the names of the list into `words`; (field, what to say) of names that are not in it."""
        said = []
        for field, place, key in self._found(words):
            if place.how == "unknown" and key not in self._noted:
                self._noted.add(key)
                near = f"，是不是“{place.near}”" if place.near else ""
                said.append((field, f"不在区划名单里，已照原样保留{near}"))
            words[field] = place.name
        return said

    def named(self, words: dict[str, str]) -> dict[str, str]:
        """The names of the list, without a note."""
        return {field: place.name for field, place, _ in self._found(words)}

    def would_note(self, words: dict[str, str]) -> bool:
        """Whether `settle` would have something to say."""
        return any(place.how == "unknown" and key not in self._noted for _, place, key in self._found(words))

    def _found(self, words: dict[str, str]) -> list[tuple[str, Place, tuple[str, str, str]]]:
        found: list[tuple[str, Place, tuple[str, str, str]]] = []
        town = ""
        if word := words.get("township", ""):
            place = self.regions.township(word)
            town = place.name if place.how != "unknown" else ""
            found.append(("township", place, ("township", word, "")))
        if word := words.get("village", ""):
            found.append(("village", self._village(word, town), ("village", word, town)))
        return found

    def _village(self, word: str, town: str) -> Place:
        """Of several villages with one name the one in the township that the sheet or its title tells."""
        place = self.regions.village(word, town)
        if place.how != "unknown" or town or not self.told:
            return place
        here = self.regions.village(word, self.told)
        return here if here.how != "unknown" else place
