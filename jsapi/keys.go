package jsapi

import "slices"

// A key is a JSON key that clients use by the name it has in the C header.
type key struct{ name, value string }

// keys is every key on TIM, with the C header's names letter for letter. Some
// are spelled oddly there.
var keys = slices.Concat(convKeys, messageKeys, paramKeys, elemKeys, groupElemKeys, userKeys, configKeys)

// convKeys are the keys of ConvInfo, GroupAtInfo and Draft, and of what
// conversation functions take and give.
var convKeys = []key{
	{"kTIMConvId", "conv_id"},
	{"kTIMConvType", "conv_type"},
	{"kTIMConvFaceUrl", "conv_face_url"},
	{"kTIMConvUnReadNum", "conv_unread_num"},
	{"kTIMConvActiveTime", "conv_active_time"},
	{"kTIMConvIsHasLastMsg", "conv_is_has_lastmsg"},
	{"kTIMConvLastMsg", "conv_last_msg"},
	{"kTIMConvIsHasDraft", "conv_is_has_draft"},
	{"kTIMConvDraft", "conv_draft"},
	{"kTIMConvRecvOpt", "conv_recv_opt"},
	{"kTIMConvGroupType", "conv_group_type"},
	{"kTIMConvGroupAtInfoArray", "conv_group_at_info_array"},
	{"kTIMConvIsPinned", "conv_is_pinned"},
	{"kTIMConvShowName", "conv_show_name"},
	{"kTIMConvMarkArray", "conv_mark_array"},
	{"kTIMConvCustomData", "conv_custom_data"},
	{"kTIMConvConversationGroupArray", "conv_conversation_group_array"},
	{"kTIMConvC2CReadTimestamp", "conv_c2c_read_timestamp"},
	{"kTIMConvGroupReadSequence", "conv_group_read_sequence"},
	{"kTIMConvOwner", "conv_owner"},
	{"kTIMGroupAtInfoSeq", "conv_group_at_info_seq"},
	{"kTIMGroupAtInfoAtType", "conv_group_at_info_at_type"},
	{"kTIMDraftMsg", "draft_msg"},
	{"kTIMDraftUserDefine", "draft_user_define"},
	{"kTIMDraftEditTime", "draft_edit_time"},
	{"kTIMGetConversationListParamConvId", "get_conversation_list_param_conv_id"},
	{"kTIMGetConversationListParamConvType", "get_conversation_list_param_conv_type"},
	{"kTIMConvGetTotalUnreadMessageCountResultUnreadCount", "conv_get_total_unread_message_count_result_unread_count"},
	{"kTIMConversationListFilterConvType", "conversation_list_filter_conv_type"},
	{"kTIMConversationListFilterConversationGroup", "conversation_list_filter_conversation_group"},
	{"kTIMConversationListFilterMarkType", "conversation_list_filter_mark_type"},
	{"kTIMConversationListFilterHasUnreadCount", "conversation_list_filter_has_unread_count"},
	{"kTIMConversationListFilterHasGroupAtInfo", "conversation_list_filter_has_group_at_info"},
	{"TIMConversationListResultConvList", "conversation_list_result_conv_list"},
	{"TIMConversationListResultNextSeq", "conversation_list_result_next_seq"},
	{"TIMConversationListResultIsFinished", "conversation_list_result_is_finished"},
	{"kTIMConversationOperationResultConversationID", "conversation_operation_result_conversation_id"},
	{"kTIMConversationOperationResultResultCode", "conversation_operation_result_result_code"},
	{"kTIMConversationOperationResultResultInfo", "conversation_operation_result_result_info"},
}
