package jsapi

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

type namedEnum struct {
	name    string
	members []namedMember
}

type namedMember struct {
	name  string
	value int
}

// allEnums are the enums of the text, allKeys names and keys of theirs.
func allEnums() (all []namedEnum) {
	for _, line := range strings.Split(strings.TrimSpace(enums), "\n") {
		fields := strings.Fields(line)
		if len(fields) == 1 {
			all = append(all, namedEnum{name: line})
			continue
		}
		value, err := strconv.Atoi(fields[1])
		if err != nil || line != " "+fields[0]+" "+fields[1] {
			panic(line)
		}
		last := &all[len(all)-1]
		last.members = append(last.members, namedMember{fields[0], value})
	}
	return all
}

func allKeys() (all [][2]string) {
	for _, line := range strings.Split(strings.TrimSpace(keys), "\n") {
		name, key, _ := strings.Cut(line, " ")
		all = append(all, [2]string{name, key})
	}
	return all
}

// TestConstantsAreAllThere: what the text names is on the object, and nothing else.
func TestConstantsAreAllThere(t *testing.T) {
	var got map[string]any
	if err := json.Unmarshal([]byte(constants()), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{}
	for _, e := range allEnums() {
		group := map[string]any{}
		for _, m := range e.members {
			want[m.name], group[m.name] = float64(m.value), float64(m.value)
		}
		want[e.name] = group
	}
	for _, k := range allKeys() {
		want[k[0]] = k[1]
	}
	if !reflect.DeepEqual(got, want) || len(got) < 400 {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// TestNothingIsNamedTwice: functions, enums, their members and keys stand side
// by side on one object.
func TestNothingIsNamedTwice(t *testing.T) {
	seen := map[string]bool{"ready": true, "version": true, "status": true, "loginUserID": true}
	check := func(name string) {
		if seen[name] {
			t.Errorf("%s is there twice", name)
		}
		seen[name] = true
	}
	for i := range functions {
		name := functions[i].name
		check(name)
	}
	for _, e := range allEnums() {
		check(e.name)
		for _, m := range e.members {
			check(m.name)
		}
	}
	for _, k := range allKeys() {
		check(k[0])
	}
}

func TestMembersOfAnEnumHaveValuesOfTheirOwn(t *testing.T) {
	for _, e := range allEnums() {
		if e.name == "TIMErrCode" && !slices.IsSortedFunc(e.members, func(a, b namedMember) int { return a.value - b.value }) {
			t.Error("the error codes are not in the order of their values")
		}
		seen := map[int]string{}
		for _, m := range e.members {
			if other := seen[m.value]; other != "" {
				t.Errorf("%s: %s and %s are both %d", e.name, other, m.name, m.value)
			}
			seen[m.value] = m.name
		}
	}
}

// TestEnumsCountWithoutGaps finds a member that was left out.
func TestEnumsCountWithoutGaps(t *testing.T) {
	gaps := []string{"TIMErrCode", "TIMConversationMarkType", "TIMGroupMemberRole"}
	for _, e := range allEnums() {
		if slices.Contains(gaps, e.name) {
			continue
		}
		for i, m := range e.members[1:] {
			step := m.value - e.members[i].value
			if step != 1 && step != -1 && m.name != "kTIMElem_Invalid" {
				t.Errorf("%s: %s follows %s by %d", e.name, m.name, e.members[i].name, step)
			}
		}
	}
}

// TestNamesOfKeysSayTheKey finds typing errors: a name is its key in capitals,
// but for the words that the C header shortens or writes in its own way.
func TestNamesOfKeysSayTheKey(t *testing.T) {
	odd := []string{
		"kTIMMsgIsFormSelf", "kTIMGroupAtInfoSeq", "kTIMGroupAtInfoAtType", "kTIMMergerElemLayersOverLimit",
		"kTIMGroupTipMemberChangeInfoEnableMark", "kTIMMsgGetMsgListMessageTypeArray",
		"kTIMMsgGetC2CRecvMsgOptResultIdentifier", "kTIMMsgGetC2CRecvMsgOptResultOpt",
	}
	nameWords := strings.NewReplacer("Merger", "Merge", "GroupTips", "GroupTips", "GroupTip", "GroupTips", "Message", "Msg")
	seen := map[string]bool{}
	for _, k := range allKeys() {
		if seen[k[1]] {
			t.Errorf("the key %s is there twice", k[1])
		}
		seen[k[1]] = true
		name := strings.TrimPrefix(strings.TrimPrefix(k[0], "k"), "TIM")
		name = strings.ToLower(nameWords.Replace(name))
		value := strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(k[1]), "_", ""), "message", "msg")
		if name != value && !slices.Contains(odd, k[0]) {
			t.Errorf("%s is %s", k[0], k[1])
		}
	}
}

var keyShape = regexp.MustCompile(`^(conv|conversation|draft|get_conversation|message|msg|elem|user_profile|group_member_info|text_elem)_[a-z0-9_]+$`)

// oldSpellings are keys that clients still send; the C header has no name for
// them any more.
var oldSpellings = []string{"msg_delete_param_is_remble", "msg_getmsglist_param_is_remble"}

// TestEveryKeyInUseHasItsConstant reads the package's own code.
func TestEveryKeyInUseHasItsConstant(t *testing.T) {
	known := map[string]bool{}
	for _, k := range allKeys() {
		known[k[1]] = true
	}
	found := 0
	for _, literal := range literals(t, token.STRING) {
		text, err := strconv.Unquote(literal)
		if err != nil || !keyShape.MatchString(text) {
			continue
		}
		found++
		if !known[text] && !slices.Contains(oldSpellings, text) {
			t.Errorf("%s has no constant", text)
		}
	}
	if found < 30 {
		t.Errorf("only %d keys were found in the code", found)
	}
}

func TestEveryCodeGivenHasItsConstant(t *testing.T) {
	known := map[int]bool{}
	for _, e := range allEnums() {
		if e.name == "TIMErrCode" || e.name == "TIMResult" {
			for _, m := range e.members {
				known[m.value] = true
			}
		}
	}
	codes := []int{succeeded, errUninit, errNoLogin, errJSON, errParam, codeInvalidParameters, codeLoginRunning, codeInitialized,
		codeNoSuccess, codeNothingToCancel, codeCanceled, codeNoTransport, codeTooManyAtOnce, codeNameTooLong}
	for _, row := range codeTable {
		codes = append(codes, row.code)
	}
	for _, code := range codes {
		if !known[code] {
			t.Errorf("the code %d has no constant", code)
		}
	}
}

// literals returns the literals of a kind in the package's code, tests and the
// table of keys left out.
func literals(t *testing.T, kind token.Token) (found []string) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := file.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "keys") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == kind {
				found = append(found, literal.Value)
			}
			return true
		})
	}
	return found
}
