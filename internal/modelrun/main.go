// Modelrun writes random calls on three tabs, and all that must come of them,
// as lines of JSON, for a page in a browser to run. The first line is the calls
// that every tab begins with; then each line is one of
//
//	{"step": a call that is followed by others at once}
//	{"step": the last of those, "order": the list's names then}
//	{"reload": the end of a tab}
//	{"list": the list's JSON, "ask": calls that change nothing}
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"timconv/internal/model"
)

const (
	tabs        = 3
	atOnce      = 32 // most calls made without waiting
	stretch     = 5  // times that on one tab before another has its turn
	checkEvery  = 20 // times between two looks at everything
	reloadEvery = 25
)

// A line is one line of output.
type line struct {
	Opening []*model.Step `json:"opening,omitempty"`
	Step    *model.Step   `json:"step,omitempty"`
	Order   *[]string     `json:"order,omitempty"`
	Reload  *model.Step   `json:"reload,omitempty"`
	List    string        `json:"list,omitempty"`
	Ask     []*model.Step `json:"ask,omitempty"`
}

func main() {
	seed := flag.Int64("seed", 1, "seed of the calls")
	steps := flag.Int("steps", 5000, "number of calls")
	flag.Parse()
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := write(encoder, model.New(*seed, tabs, model.Native), *steps); err == nil {
		err = out.Flush()
		if err == nil {
			return
		}
	}
	fmt.Fprintln(os.Stderr, "modelrun: nobody reads on")
	os.Exit(1)
}

func write(to *json.Encoder, gen *model.Generator, steps int) error {
	// The disk is not what is tested.
	relaxed := &model.Step{Call: "TIMSetConfig", Args: []any{`{"durability":"relaxed"}`, nil, nil}}
	if err := to.Encode(line{Opening: append([]*model.Step{relaxed}, model.Opening()...)}); err != nil {
		return err
	}
	tab := 0
	for did, times := 0, 1; did < steps; times++ {
		if times%stretch == 0 {
			tab = gen.Intn(tabs)
		}
		size := min(1+gen.Intn(atOnce), steps-did)
		did += size
		var lines []line
		for range size {
			lines = append(lines, line{Step: gen.Next(tab)})
		}
		order := gen.Order()
		lines[size-1].Order = &order
		if times%reloadEvery == 0 {
			lines = append(lines, line{Reload: gen.Reload(gen.Intn(tabs))})
		}
		if times%checkEvery == 0 || did == steps {
			lines = append(lines, line{List: gen.List(), Ask: gen.Getters()})
		}
		for _, l := range lines {
			if err := to.Encode(l); err != nil {
				return err
			}
		}
	}
	return nil
}
