package jsapi

// paramKeys are the keys of what message functions take and give: history
// queries, deletions and receive options.
var paramKeys = []key{
	{"kTIMMsgGetMsgListParamLastMsg", "msg_getmsglist_param_last_msg"},
	{"kTIMMsgGetMsgListParamCount", "msg_getmsglist_param_count"},
	{"kTIMMsgGetMsgListParamIsRamble", "msg_getmsglist_param_is_ramble"},
	{"kTIMMsgGetMsgListMessageTypeArray", "msg_getmsglist_param_message_type_array"},
	{"kTIMMsgGetMsgListParamIsForward", "msg_getmsglist_param_is_forward"},
	{"kTIMMsgGetMsgListParamLastMsgSeq", "msg_getmsglist_param_last_msg_seq"},
	{"kTIMMsgGetMsgListParamTimeBegin", "msg_getmsglist_param_time_begin"},
	{"kTIMMsgGetMsgListParamTimePeriod", "msg_getmsglist_param_time_period"},
	{"kTIMMsgGetMsgListParamMessageSeqArray", "msg_getmsglist_param_message_seq_array"},
	{"kTIMMsgDeleteParamMsg", "msg_delete_param_msg"},
	{"kTIMMsgDeleteParamIsRamble", "msg_delete_param_is_ramble"},
	{"kTIMMsgGetC2CRecvMsgOptResultIdentifier", "msg_recv_msg_opt_result_identifier"},
	{"kTIMMsgGetC2CRecvMsgOptResultOpt", "msg_recv_msg_opt_result_opt"},
	{"kTIMMsgAllRecvMsgOptStartHour", "msg_all_recv_msg_opt_start_hour"},
	{"kTIMMsgAllRecvMsgOptStartMinute", "msg_all_recv_msg_opt_start_minute"},
	{"kTIMMsgAllRecvMsgOptStartSecond", "msg_all_recv_msg_opt_start_second"},
	{"kTIMMsgAllRecvMsgOptStartTimeStamp", "msg_all_recv_msg_opt_start_time_stamp"},
	{"kTIMMsgAllRecvMsgDuration", "msg_all_recv_msg_duration"},
	{"kTIMMsgAllRecvMsgOptLevel", "msg_all_recv_msg_opt_level"},
}
