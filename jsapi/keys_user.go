package jsapi

// userKeys are the keys of people: UserProfile and GroupMemberInfo.
var userKeys = []key{
	{"kTIMUserProfileIdentifier", "user_profile_identifier"},
	{"kTIMUserProfileNickName", "user_profile_nick_name"},
	{"kTIMUserProfileGender", "user_profile_gender"},
	{"kTIMUserProfileFaceUrl", "user_profile_face_url"},
	{"kTIMUserProfileFriendRemark", "user_profile_friend_remark"},
	{"kTIMUserProfileSelfSignature", "user_profile_self_signature"},
	{"kTIMUserProfileAddPermission", "user_profile_add_permission"},
	{"kTIMUserProfileLocation", "user_profile_location"},
	{"kTIMUserProfileLanguage", "user_profile_language"},
	{"kTIMUserProfileBirthDay", "user_profile_birthday"},
	{"kTIMUserProfileLevel", "user_profile_level"},
	{"kTIMUserProfileRole", "user_profile_role"},
	{"kTIMUserProfileCustomStringArray", "user_profile_custom_string_array"},
	{"kTIMUserProfileCustomStringInfoKey", "user_profile_custom_string_info_key"},
	{"kTIMUserProfileCustomStringInfoValue", "user_profile_custom_string_info_value"},
	{"kTIMGroupMemberInfoIdentifier", "group_member_info_identifier"},
	{"kTIMGroupMemberInfoGroupId", "group_member_info_group_id"},
	{"kTIMGroupMemberInfoJoinTime", "group_member_info_join_time"},
	{"kTIMGroupMemberInfoMemberRole", "group_member_info_member_role"},
	{"kTIMGroupMemberInfoMsgFlag", "group_member_info_msg_flag"},
	{"kTIMGroupMemberInfoMsgSeq", "group_member_info_msg_seq"},
	{"kTIMGroupMemberInfoShutupTime", "group_member_info_shutup_time"},
	{"kTIMGroupMemberInfoNameCard", "group_member_info_name_card"},
	{"kTIMGroupMemberInfoNickName", "group_member_info_nick_name"},
	{"kTIMGroupMemberInfoFriendRemark", "group_member_info_friend_remark"},
	{"kTIMGroupMemberInfoFaceUrl", "group_member_info_face_url"},
	{"kTIMGroupMemberInfoCustomInfo", "group_member_info_custom_info"},
	{"kTIMGroupMemberInfoIsOnline", "group_member_info_is_online"},
	{"kTIMGroupMemberInfoOnlineDevices", "group_member_info_online_devices"},
	{"kTIMGroupMemberInfoCustomStringInfoKey", "group_member_info_custom_string_info_key"},
	{"kTIMGroupMemberInfoCustomStringInfoValue", "group_member_info_custom_string_info_value"},
}

// configKeys are the keys of the JSON of TIMInit.
var configKeys = []key{
	{"kTIMSdkConfigConfigFilePath", "sdk_config_config_file_path"},
	{"kTIMSdkConfigLogFilePath", "sdk_config_log_file_path"},
	{"kTIMSdkConfigMainThreadID", "sdk_config_main_thread_id"},
}
