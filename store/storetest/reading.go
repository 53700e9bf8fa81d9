package storetest

import (
	"bytes"
	"fmt"
	"strings"

	"timconv/core"
)

var readingCases = []testCase{
	{"WhatIsExpectedIsReadByItsGetAndNoOther", func(s *suite) {
		s.put(core.SpaceIDs, "a", "A")
		s.put(core.SpaceIDs, "b", "B")
		s.put(core.SpaceMeta, "m", "M")
		s.update(s.store, func(tx core.Tx) error {
			tx.Expect(core.SpaceIDs, "a", "none", "b")
			for _, want := range []struct {
				space core.Space
				keys  []string
				value string
			}{{core.SpaceMeta, []string{"m"}, "M"}, {core.SpaceIDs, []string{"b"}, "B"}, {core.SpaceIDs, []string{"a", "none", "b"}, "AB"}, {core.SpaceIDs, []string{"a", "none", "b"}, "AB"}} {
				values, err := tx.Get(want.space, want.keys...)
				if err != nil {
					return err
				}
				s.equal([]string{string(bytes.Join(values, nil))}, []string{want.value})
			}
			return nil
		})
	}},
	{"WhatIsExpectedIsAsItStoodThen", func(s *suite) {
		s.put(core.SpaceMeta, "m", "before")
		s.update(s.store, func(tx core.Tx) error {
			tx.Expect(core.SpaceMeta, "m")
			tx.Put(core.SpaceMeta, "m", []byte("after"))
			for _, want := range []string{"before", "after"} {
				values, err := tx.Get(core.SpaceMeta, "m")
				if err != nil {
					return err
				}
				s.equal(texts(values), []string{want})
			}
			return nil
		})
	}},
	{"ARangeMayBeExpected", func(s *suite) {
		s.put(core.SpaceLog, "a", "A", "b", "B", "c", "C")
		s.put(core.SpaceMeta, "b", "other")
		s.update(s.store, func(tx core.Tx) error {
			tx.ExpectValues(core.SpaceLog, "b", "", 0)
			tx.ExpectValues(core.SpaceLog, "d", "", 0)
			tx.Put(core.SpaceLog, "d", []byte("D"))
			for _, want := range []struct {
				space    core.Space
				from, to string
				limit    int
				texts    []string
			}{
				{core.SpaceLog, "b", "c", 0, []string{"B"}}, {core.SpaceLog, "b", "", 1, []string{"B"}}, {core.SpaceMeta, "b", "", 0, []string{"other"}},
				{core.SpaceLog, "a", "", 0, []string{"A", "B", "C", "D"}}, {core.SpaceLog, "b", "", 0, []string{"B", "C"}},
				{core.SpaceLog, "d", "", 0, []string{}}, {core.SpaceLog, "b", "", 0, []string{"B", "C", "D"}},
			} {
				values, err := tx.Values(want.space, want.from, want.to, want.limit)
				if err != nil {
					return err
				}
				s.equal(texts(values), want.texts)
			}
			return nil
		})
	}},
	{"PartsOfARangeMayBeExpected", func(s *suite) {
		s.put(core.SpaceConvs, "a", "A", "b", "B", "c", "C", "d", "D", "e", "E")
		s.view(s.store, func(tx core.Tx) error {
			tx.ExpectValues(core.SpaceConvs, "a", "", 2)
			tx.ExpectValues(core.SpaceConvs, "c", "", 2)
			for _, want := range []struct {
				from  string
				limit int
				texts []string
			}{
				{"a", 1, []string{"A"}}, {"a", 2, []string{"A", "B"}}, {"c", 0, []string{"C", "D", "E"}}, {"c", 3, []string{"C", "D", "E"}},
				{"c", 2, []string{"C", "D"}}, {"e", 2, []string{"E"}},
			} {
				values, err := tx.Values(core.SpaceConvs, want.from, "", want.limit)
				if err != nil {
					return err
				}
				s.equal(texts(values), want.texts)
			}
			return nil
		})
	}},
	{"EndsOfARangeMayBeExpected", func(s *suite) {
		s.put(core.SpaceMessages, "a", "A", "b", "B", "c", "C", "d", "D")
		s.put(core.SpaceMeta, "m", "M")
		s.update(s.store, func(tx core.Tx) error {
			tx.Expect(core.SpaceMeta, "m")
			tx.ExpectLast(core.SpaceMessages, "", "d", 2)
			tx.ExpectValues(core.SpaceMessages, "a", "c", 1)
			tx.ExpectLast(core.SpaceMessages, "x", "", 2)
			tx.ExpectLast(core.SpaceMessages, "c", "b", 2)
			for _, want := range []struct {
				last     bool
				from, to string
				limit    int
				texts    []string
			}{
				{false, "", "d", 2, []string{"A", "B"}}, {true, "", "d", 1, []string{"C"}}, {true, "a", "c", 1, []string{"B"}},
				{true, "", "d", 2, []string{"B", "C"}}, {false, "a", "c", 1, []string{"A"}}, {true, "x", "", 2, []string{}},
				{true, "c", "b", 2, []string{}}, {false, "a", "c", 1, []string{"A"}},
			} {
				read := tx.Values
				if want.last {
					read = tx.Last
				}
				values, err := read(core.SpaceMessages, want.from, want.to, want.limit)
				if err != nil {
					return err
				}
				s.equal(texts(values), want.texts)
			}
			values, err := tx.Get(core.SpaceMeta, "m")
			s.equal(texts(values), []string{"M"})
			return err
		})
	}},
	{"SeveralMayBeExpected", func(s *suite) {
		s.put(core.SpaceMeta, "m", "M")
		s.put(core.SpaceIDs, "a", "A")
		s.update(s.store, func(tx core.Tx) error {
			tx.Expect(core.SpaceMeta, "m")
			tx.Expect(core.SpaceIDs, "a", "none")
			tx.Expect(core.SpaceIDs, "a")
			tx.Put(core.SpaceMeta, "m", []byte("N"))
			tx.Delete(core.SpaceIDs, "a")
			for _, want := range []struct {
				space core.Space
				keys  []string
				texts []string
			}{
				{core.SpaceIDs, []string{"a"}, []string{"A"}}, {core.SpaceMeta, []string{"m"}, []string{"M"}},
				{core.SpaceIDs, []string{"a", "none"}, []string{"A", "<nil>"}},
				{core.SpaceIDs, []string{"a"}, []string{"<nil>"}}, {core.SpaceMeta, []string{"m"}, []string{"N"}},
			} {
				values, err := tx.Get(want.space, want.keys...)
				if err != nil {
					return err
				}
				s.equal(texts(values), want.texts)
			}
			return nil
		})
	}},
	{"AFreshAccountIsEmpty", func(s *suite) {
		for _, space := range core.Spaces {
			s.wantAll(space)
		}
	}},
	{"GetAnswersNilForAbsentKeys", func(s *suite) {
		s.put(core.SpaceConvs, "b", "B", "d", "D")
		s.view(s.store, func(tx core.Tx) error {
			values, err := tx.Get(core.SpaceConvs, "a", "b", "c", "d", "b")
			s.equal(texts(values), []string{"<nil>", "B", "<nil>", "D", "B"})
			return err
		})
	}},
	{"GetOfNoKeysIsEmpty", func(s *suite) {
		s.view(s.store, func(tx core.Tx) error {
			values, err := tx.Get(core.SpaceConvs)
			s.equal(texts(values), []string{})
			return err
		})
	}},
	{"AnEmptyValueIsNotNil", func(s *suite) {
		s.update(s.store, func(tx core.Tx) error {
			tx.Put(core.SpaceConvs, "empty", []byte{})
			tx.Put(core.SpaceConvs, "nil", nil)
			return nil
		})
		s.view(s.store, func(tx core.Tx) error {
			values, err := tx.Get(core.SpaceConvs, "empty", "nil", "none")
			s.equal(texts(values), []string{"", "", "<nil>"})
			return err
		})
	}},
	{"ARangeHoldsItsLowerEndAndNotItsUpper", func(s *suite) {
		s.put(core.SpaceMessages, "a", "A", "b", "B", "c", "C", "d", "D")
		s.wantValues(core.SpaceMessages, "b", "d", 0, "B", "C")
		s.wantValues(core.SpaceMessages, "bb", "d", 0, "C")
		s.wantValues(core.SpaceMessages, "b", "", 0, "B", "C", "D")
		s.wantValues(core.SpaceMessages, "", "c", 0, "A", "B")
		s.wantValues(core.SpaceMessages, "", "", 0, "A", "B", "C", "D")
	}},
	{"AnEmptyOrReversedRangeHoldsNothing", func(s *suite) {
		s.put(core.SpaceMessages, "a", "A", "b", "B", "c", "C")
		s.wantValues(core.SpaceMessages, "b", "b", 0)
		s.wantValues(core.SpaceMessages, "c", "a", 0)
		s.wantValues(core.SpaceMessages, "x", "", 0)
	}},
	{"LimitTakesTheFirstKeys", func(s *suite) {
		s.put(core.SpaceMessages, "a", "A", "b", "B", "c", "C")
		s.wantValues(core.SpaceMessages, "", "", 2, "A", "B")
		s.wantValues(core.SpaceMessages, "b", "", 1, "B")
		s.wantValues(core.SpaceMessages, "b", "c", 5, "B")
	}},
	{"KeysAreThoseOfARange", func(s *suite) {
		s.put(core.SpaceMessages, "c", "C", "a", "A", "b", "", "d", "D")
		s.view(s.store, func(tx core.Tx) error {
			for _, c := range []struct {
				from, to string
				limit    int
				want     []string
			}{
				{"", "", 0, []string{"a", "b", "c", "d"}}, {"b", "d", 0, []string{"b", "c"}}, {"aa", "", 0, []string{"b", "c", "d"}},
				{"e", "", 0, nil}, {"c", "b", 0, nil}, {"", "", 2, []string{"a", "b"}}, {"b\x00", "", 1, []string{"c"}}, {"a", "c", 9, []string{"a", "b"}},
			} {
				keys, err := tx.Keys(core.SpaceMessages, c.from, c.to, c.limit)
				if err != nil {
					return err
				}
				s.equal(keys, c.want)
			}
			return nil
		})
	}},
	{"KeysMayHaveAnythingInThem", func(s *suite) {
		odd := []string{"", "\n", "\n\n", "a\x00", "a\nb", "b\n", "ü\n\u2028"}
		for n := range len(odd) + 1 {
			for _, key := range odd[:n] {
				s.put(core.SpaceIDs, key, "value")
			}
			s.view(s.store, func(tx core.Tx) error {
				keys, err := tx.Keys(core.SpaceIDs, "", "", 0)
				s.equal(keys, odd[:n])
				return err
			})
		}
	}},
	{"SpacesAreApart", func(s *suite) {
		for _, space := range core.Spaces {
			if space != core.SpaceNotes {
				s.put(space, "key", "in "+string(space))
			}
		}
		for _, space := range core.Spaces {
			if space != core.SpaceNotes {
				s.wantAll(space, "in "+string(space))
			}
		}
	}},
	{"KeysOfAnyScriptKeepTheirOrderWithinAPrefix", keysOfAnyScript},
	{"LastReadsTheEndOfARange", func(s *suite) {
		s.put(core.SpaceMessages, "a", "A", "b", "B", "c", "C", "d", "D")
		s.view(s.store, func(tx core.Tx) error {
			for _, c := range []struct {
				from, to string
				limit    int
				want     []string
			}{
				{"", "", 2, []string{"C", "D"}}, {"", "", 9, []string{"A", "B", "C", "D"}},
				{"", "d", 1, []string{"C"}}, {"b", "d", 5, []string{"B", "C"}},
				{"aa", "c0", 2, []string{"B", "C"}}, {"e", "", 3, []string{}}, {"c", "b", 3, []string{}},
			} {
				values, err := tx.Last(core.SpaceMessages, c.from, c.to, c.limit)
				if err != nil {
					return err
				}
				s.equal(texts(values), c.want)
			}
			return nil
		})
	}},
	{"LastSeesWhatTheTransactionPut", func(s *suite) {
		s.put(core.SpaceMessages, "a", "A", "b", "B")
		s.update(s.store, func(tx core.Tx) error {
			tx.Put(core.SpaceMessages, "c", []byte("C"))
			tx.Delete(core.SpaceMessages, "b")
			values, err := tx.Last(core.SpaceMessages, "", "", 2)
			s.equal(texts(values), []string{"A", "C"})
			return err
		})
	}},
	{"TwentyThousandValuesComeInOrder", twentyThousandValues},
	{"AnyBytesSurvive", func(s *suite) {
		all := make([]byte, 256)
		for i := range all {
			all[i] = byte(i)
		}
		s.put(core.SpaceConvs, "bytes", string(all))
		s.wantAll(core.SpaceConvs, string(all))
	}},
	{"ValuesOfAllSizesComeTogether", func(s *suite) {
		sizes := []int{0, 1, 100, 8191, 8192, 8193, 65535, 3, 65536, 65537, 131072, 0, 200_000, 60_000, 10_000, 5536, 1}
		var want []string
		s.update(s.store, func(tx core.Tx) error {
			for i, size := range sizes {
				want = append(want, string(bulk(size)))
				tx.Put(core.SpaceLog, fmt.Sprintf("%02d", i), bulk(size))
			}
			return nil
		})
		got := s.values(s.store, core.SpaceLog, "", "", 0)
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				s.Errorf("value %d, of %d bytes, came back changed", i, len(want[i]))
			}
		}
	}},
	{"AValueOfFiveMegabytesSurvives", func(s *suite) {
		for _, size := range []int{1, 65535, 65536, 5 << 20} {
			big := string(bulk(size))
			s.put(core.SpaceConvs, "big", big)
			if got := s.values(s.store, core.SpaceConvs, "", "", 0); len(got) != 1 || got[0] != big {
				s.Errorf("a value of %d bytes came back changed", size)
			}
		}
	}},
}

// keysOfAnyScript puts ids that order differently by bytes than by UTF-16
// units in front of ASCII, where the order must be the same in every store.
func keysOfAnyScript(s *suite) {
	prefixes := []string{
		"plain", "\u4f1a\u8bdd", "\U0001F600", "\uFFFD", "\uE000", "\U0010FFFF",
		"a\x00b", "e\u0301", "\u00e9", "\U0001F468\u200D\U0001F469", strings.Repeat("\U0001F600", 256),
	}
	s.update(s.store, func(tx core.Tx) error {
		for _, prefix := range prefixes {
			for i := 9; i >= 0; i-- {
				tx.Put(core.SpaceMessages, fmt.Sprintf("%s\x00%d", prefix, i), fmt.Appendf(nil, "%s %d", prefix, i))
			}
		}
		return nil
	})
	for _, prefix := range prefixes {
		var want []string
		for i := range 10 {
			want = append(want, fmt.Sprintf("%s %d", prefix, i))
		}
		s.wantValues(core.SpaceMessages, prefix+"\x00", prefix+"\x01", 0, want...)
		s.wantValues(core.SpaceMessages, prefix+"\x003", prefix+"\x005", 0, want[3:5]...)
		s.view(s.store, func(tx core.Tx) error {
			values, err := tx.Get(core.SpaceMessages, prefix+"\x007")
			s.equal(texts(values), want[7:8])
			return err
		})
	}
	if got := len(s.values(s.store, core.SpaceMessages, "", "", 0)); got != 10*len(prefixes) {
		s.Errorf("got %d values in all, want %d", got, 10*len(prefixes))
	}
}

func twentyThousandValues(s *suite) {
	const n = 20_000
	s.update(s.store, func(tx core.Tx) error {
		for i := range n {
			k := i * 7919 % n // every number once, out of order
			tx.Put(core.SpaceMessages, fmt.Sprintf("%06d", k), fmt.Appendf(nil, "value %d", k))
		}
		return nil
	})
	got := s.values(s.store, core.SpaceMessages, "", "", 0)
	if len(got) != n {
		s.Fatalf("got %d values, want %d", len(got), n)
	}
	for i, value := range got {
		if want := fmt.Sprintf("value %d", i); value != want {
			s.Fatalf("value %d: got %q, want %q", i, value, want)
		}
	}
	keys := make([]string, 0, n/10)
	for i := 0; i < n; i += 10 {
		keys = append(keys, fmt.Sprintf("%06d", i))
	}
	s.view(s.store, func(tx core.Tx) error {
		values, err := tx.Get(core.SpaceMessages, keys...)
		for i, value := range values {
			if want := fmt.Sprintf("value %d", 10*i); string(value) != want {
				s.Fatalf("key %d of the burst: got %q, want %q", i, value, want)
			}
		}
		return err
	})
}
