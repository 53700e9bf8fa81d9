package model

// notMuted is the receive option for all conversations where none was set.
const notMuted = `{"msg_all_recv_msg_duration":0,"msg_all_recv_msg_opt_level":0,"msg_all_recv_msg_opt_start_hour":0,"msg_all_recv_msg_opt_start_minute":0,"msg_all_recv_msg_opt_start_second":0,"msg_all_recv_msg_opt_start_time_stamp":0}`

// wipe deletes everything, now and then: what comes afterwards is to get far.
func (g *Generator) wipe() {
	if !g.chance(20) {
		g.recvNew()
		return
	}
	for _, group := range g.w.groups {
		g.tellGroup(groupEvent{name: "deleted", group: group})
	}
	if g.w.muted != "" {
		g.told.notices = append(g.told.notices, notice{"muted", notMuted, true, true})
	}
	for _, c := range g.w.convs {
		*c = conv{kind: c.kind, id: c.id}
	}
	*g.w = world{limits: g.w.limits, convs: g.w.convs, pending: map[string]members{}}
	g.call("TIMConvWipe")
	g.answer(0, "")
}
