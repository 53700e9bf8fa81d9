package model

import (
	"fmt"
	"math/rand"
	"slices"
)

// A Generator makes random calls.
type Generator struct {
	*rand.Rand
	w    *world
	now  int64
	tabs []*tab

	serial int       // of messages, drafts, ...
	groups []*server // what has been said in each group
	held   []members // messages that will arrive late
	fed    []members // messages that arrived

	step    *Step
	told    told
	answers []Post
	seen    view
}

// A tab is what the generator knows of a tab.
type tab struct {
	handed  int // messages handed to the transport since it was opened
	flights []*flight
}

// A flight is a message in the hands of the transport.
type flight struct {
	place int // among those handed to the tab
	reply string
	conv  *conv
	id    string
}

// A server gives sequences to the messages of a group, in order of time.
type server struct {
	conv      *conv
	seq, time int64
}

// someday is when every run begins, in seconds.
const someday = 1_800_000_000

// New makes a generator of calls on that many tabs of one account.
func New(seed int64, tabs int, limits Limits) *Generator {
	g := &Generator{
		Rand: rand.New(rand.NewSource(seed)), now: someday * 1000,
		w: &world{limits: limits, pending: map[string]members{}},
	}
	for i := range 9 {
		g.w.convs = append(g.w.convs, &conv{kind: c2c, id: fmt.Sprint("user", i)})
	}
	for i := range 7 {
		c := &conv{kind: group, id: fmt.Sprint("room", i)}
		g.w.convs = append(g.w.convs, c)
		g.groups = append(g.groups, &server{conv: c, seq: int64(i * 100), time: someday - 50})
	}
	for range tabs {
		g.tabs = append(g.tabs, &tab{})
	}
	g.seen = g.w.see()
	return g
}

// An op is one kind of call, as often as its weight.
type op struct {
	weight int
	run    func(*Generator)
}

var ops = []op{
	{30, (*Generator).recvNew}, {3, (*Generator).recvOnline}, {3, (*Generator).create}, {2, (*Generator).delete},
	{1, (*Generator).recvDelete}, {2, (*Generator).deleteList}, {4, (*Generator).pin},
	{4, (*Generator).setDraft}, {2, (*Generator).cancelDraft}, {4, (*Generator).mark}, {3, (*Generator).custom},
	{2, (*Generator).createGroup}, {4, (*Generator).addToGroup}, {2, (*Generator).removeFromGroup},
	{1, (*Generator).renameGroup}, {1, (*Generator).deleteGroup},
	{5, (*Generator).clean}, {4, (*Generator).reportRead}, {1, (*Generator).readAll}, {7, (*Generator).convUpdate},
	{4, (*Generator).recvRevoke}, {4, (*Generator).recvUpdate}, {4, (*Generator).recvReceipt},
	{3, (*Generator).revoke}, {3, (*Generator).modify}, {2, (*Generator).localCustom},
	{3, (*Generator).deleteMessage}, {2, (*Generator).deleteMessages}, {1, (*Generator).clearHistory},
	{3, (*Generator).save}, {3, (*Generator).importList}, {6, (*Generator).send}, {5, (*Generator).done},
	{1, (*Generator).cancel}, {2, (*Generator).echo}, {2, (*Generator).recvOpt}, {1, (*Generator).mute},
	{3, (*Generator).history}, {1, (*Generator).find}, {1, (*Generator).wipe},
}

// mostStored is how many messages a conversation may have before it is cleared.
const mostStored = 60

// Next makes the next call on that tab.
func (g *Generator) Next(tab int) *Step {
	g.now += int64(1 + g.Intn(400))
	g.begin(tab)
	full := slices.IndexFunc(g.w.convs, func(c *conv) bool { return len(c.messages) > mostStored })
	if full >= 0 {
		g.emptyOut(g.w.convs[full])
	} else {
		g.pick()
	}
	return g.end()
}

func (g *Generator) pick() {
	sum := 0
	for _, o := range ops {
		sum += o.weight
	}
	n := g.Intn(sum)
	for _, o := range ops {
		if n -= o.weight; n < 0 {
			o.run(g)
			return
		}
	}
}

func (g *Generator) begin(tab int) {
	g.step = &Step{Now: g.now, Tab: tab}
	g.told, g.answers = told{}, nil
}

func (g *Generator) end() *Step {
	is := g.w.see()
	g.step.Posts = append(g.told.posts(g.w, g.seen, is, false), g.answers...)
	g.step.Others = g.told.posts(g.w, g.seen, is, true)
	g.seen = is
	return g.step
}

// call sets what is called; the callback and its user data come last.
func (g *Generator) call(name string, args ...any) {
	g.callNow(name, append(args, Callback("cb"), nil)...)
}

func (g *Generator) callNow(name string, args ...any) { g.step.Call, g.step.Args = name, args }

const ok = "OK"

// answer is what the call's callback gets.
func (g *Generator) answer(code int, json string) {
	g.answers = append(g.answers, answer("cb", code, json))
}

func answer(name string, code int, json string) Post {
	if code == 0 {
		return Post{name, code, ok, json}
	}
	return Post{name, code, Any, json}
}

// Reload ends a tab and opens another in its place. What it was sending has
// failed.
func (g *Generator) Reload(tab int) *Step {
	g.now += int64(1 + g.Intn(400))
	g.begin(tab)
	g.callNow(CallReload)
	for _, f := range g.tabs[tab].flights {
		if m := f.conv.find(f.id); m != nil && m.status == sending {
			g.w.change(m, members{{"message_status", "3"}})
		}
	}
	g.tabs[tab].handed, g.tabs[tab].flights = 0, nil
	return g.end()
}

// any conversation, in the list or not.
func (g *Generator) conv() *conv { return g.w.convs[g.Intn(len(g.w.convs))] }

func (g *Generator) chance(percent int) bool { return g.Intn(100) < percent }

func (g *Generator) next() int { g.serial++; return g.serial }

// pickOf is one of these.
func pickOf[T any](g *Generator, list ...T) T { return list[g.Intn(len(list))] }

// stored is some stored message, nil where there is none.
func (g *Generator) stored() *message {
	for range 10 {
		if c := g.conv(); len(c.messages) > 0 {
			return c.messages[g.Intn(len(c.messages))]
		}
	}
	return nil
}
