package jsapi

// groupEnums are the enums of groups, and of the elements that tell what
// happened in one.
const groupEnums = `
TIMGroupType
 kTIMGroup_Public 0
 kTIMGroup_Private 1
 kTIMGroup_ChatRoom 2
 kTIMGroup_BChatRoom 3
 kTIMGroup_AVChatRoom 4
 kTIMGroup_Community 5
TIMGroupMemberRole
 kTIMMemberRole_None 0
 kTIMMemberRole_Normal 200
 kTIMMemberRole_Admin 300
 kTIMMemberRole_Owner 400
TIMGroupTipType
 kTIMGroupTip_None 0
 kTIMGroupTip_Invite 1
 kTIMGroupTip_Quit 2
 kTIMGroupTip_Kick 3
 kTIMGroupTip_SetAdmin 4
 kTIMGroupTip_CancelAdmin 5
 kTIMGroupTip_GroupInfoChange 6
 kTIMGroupTip_MemberInfoChange 7
 kTIMGroupTip_MemberMarkChange 8
 kTIMGroupTip_TopicInfoChange 9
 KTIMGroupTip_PinnedMessageAdded 10
 KTIMGroupTip_PinnedMessageDeleted 11
TIMGroupTipGroupChangeFlag
 kTIMGroupTipChangeFlag_Unknown 0
 kTIMGroupTipChangeFlag_Name 1
 kTIMGroupTipChangeFlag_Introduction 2
 kTIMGroupTipChangeFlag_Notification 3
 kTIMGroupTipChangeFlag_FaceUrl 4
 kTIMGroupTipChangeFlag_Owner 5
 kTIMGroupTipChangeFlag_Custom 6
 kTIMGroupTipChangeFlag_Attribute 7
 kTIMGroupTipChangeFlag_ShutupAll 8
 kTIMGroupTipChangeFlag_TopicCustomData 9
 kTIMGroupTipChangeFlag_MessageReceiveOpt 10
 kTIMGroupTipChangeFlag_GroupAddOpt 11
 kTIMGroupTipChangeFlag_GroupApproveOpt 12
 kTIMGroupTipChangeFlag_EnablePermissionGroup 13
 kTIMGroupTipChangeFlag_DefaultPermissions 14
TIMGroupReportType
 kTIMGroupReport_None 0
 kTIMGroupReport_AddRequest 1
 kTIMGroupReport_AddAccept 2
 kTIMGroupReport_AddRefuse 3
 kTIMGroupReport_BeKicked 4
 kTIMGroupReport_Delete 5
 kTIMGroupReport_Create 6
 kTIMGroupReport_Invite 7
 kTIMGroupReport_Quit 8
 kTIMGroupReport_GrantAdmin 9
 kTIMGroupReport_CancelAdmin 10
 kTIMGroupReport_GroupRecycle 11
 kTIMGroupReport_InviteReqToInvitee 12
 kTIMGroupReport_InviteAccept 13
 kTIMGroupReport_InviteRefuse 14
 kTIMGroupReport_ReadReport 15
 kTIMGroupReport_UserDefine 16
 kTIMGroupReport_ShutUpMember 17
 kTIMGroupReport_TopicCreate 18
 kTIMGroupReport_TopicDelete 19
 kTIMGroupReport_GroupMessageRead 20
 kTIMGroupReport_GroupMessageRecvOption 21
 kTIMGroupReport_BannedFromGroup 22
 kTIMGroupReport_UnbannedFromGroup 23
 kTIMGroupReport_InviteReqToAdmin 24
TIMGroupJoinType
 kTIMGroupJoin_None 0
 kTIMGroupJoin_Apply 1
 kTIMGroupJoin_Invite 2`
