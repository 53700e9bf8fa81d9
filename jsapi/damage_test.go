package jsapi

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"timconv/core"
	"timconv/internal/model"
	"timconv/store/memstore"
)

// TestTheBackupOfADamagedAccountHasAllThatWasNotDamaged, and what was, which an import
// does not take in.
func TestTheBackupOfADamagedAccountHasAllThatWasNotDamaged(t *testing.T) {
	r := &modelRun{T: t, gen: model.New(1, 1, small), db: memstore.NewDB()}
	x := r.open(someday * 1000)
	for i := range 6 {
		x.answer("TIMRecvNewMsg", fmt.Sprintf(
			`[{"message_sender":"user%d","message_msg_id":"id%d","message_server_time":%d,"message_elem_array":[{"elem_type":0,"text_elem_content":"hello %d"}]}]`,
			i%3, i, 1_700_000_000+i, i))
	}
	tab := r.db.NewTab()
	for key, entry := range r.db.Records(core.SpaceLog) {
		if at := bytes.Index(entry, []byte("hello 4")); at >= 0 {
			flipped := bytes.Clone(entry)
			flipped[at+6] ^= 0x16 // the text then ends the string that it is in
			if err := tab.Update(func(tx core.Tx) error { tx.Put(core.SpaceLog, key, flipped); return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	y := r.open(someday * 1000)
	list := y.answer("TIMConvGetConvList")[3].(string)
	if rows, ok := parseJSON(list); !ok || len(rows.elements()) != 3 || strings.Contains(list, "hello 4") || !strings.Contains(list, "hello 1") {
		t.Errorf("the list: %s", list)
	}
	text := y.export()
	if !strings.Contains(text, `{"damaged":"`) || !strings.Contains(text, `"space":"log"}`) || !strings.Contains(text, fmt.Sprintf("%x", `hello "`)) {
		t.Errorf("the backup does not have what was damaged: %s", text)
	}
	empty := &modelRun{T: t, gen: r.gen, db: memstore.NewDB(), opened: 1000}
	z := empty.open(someday * 1000)
	if did := z.answer("TIMConvImport", text); did[3] != `{"conversations":3,"known":0,"messages":5}` {
		t.Errorf("import: %v", did)
	}
	if got := z.answer("TIMConvGetConvList")[3]; got != list {
		t.Errorf("restored:\n got %s\nwant %s", got, list)
	}
	if found := z.answer("TIMConvVerify")[3]; found != "[]" {
		t.Errorf("TIMConvVerify: %v", found)
	}
	if strings.Contains(z.export(), "damaged") {
		t.Error("what was damaged has been taken in")
	}
}
