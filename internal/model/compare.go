package model

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// Difference says how what was posted differs from what should have been, ""
// where it does not. JSON texts are compared by value. subset: of the wanted
// JSON objects' members only. Within one event no order is promised.
func Difference(got, want []Post, subset bool) string {
	for i := range max(len(got), len(want)) {
		var g, w Post
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if !samePost(g, w, subset) {
			return fmt.Sprintf("post %d of %d, %d wanted\n got %s\nwant %s", i+1, len(got), len(want), g, w)
		}
	}
	return ""
}

func samePost(got, want Post, subset bool) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range want {
		g, isText := got[i].(string)
		w, _ := want[i].(string)
		if got[i] == want[i] || isText && w == Any {
			continue
		}
		if !isText || !sameJSON(g, w, subset, got[0] == "event") {
			return false
		}
	}
	return true
}

func sameJSON(got, want string, subset, anyOrder bool) bool {
	g, ok1 := parse(got)
	w, ok2 := parse(want)
	if !ok1 || !ok2 {
		return false
	}
	if anyOrder {
		sortRows(g)
		sortRows(w)
	}
	if subset {
		all, _ := g.(map[string]any)
		for key, v := range w.(map[string]any) {
			if !reflect.DeepEqual(all[key], v) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(g, w)
}

func parse(text string) (any, bool) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil {
		return nil, false
	}
	return v, true
}

// sortRows sorts an array of conversations by name.
func sortRows(v any) {
	rows, _ := v.([]any)
	name := func(row any) string {
		o, _ := row.(map[string]any)
		return fmt.Sprint(o["conv_type"], o["conv_id"])
	}
	slices.SortFunc(rows, func(a, b any) int { return cmp.Compare(name(a), name(b)) })
}
