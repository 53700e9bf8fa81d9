package jsapi

import (
	"strconv"
	"strings"
)

// constants is an object with every enum, every member of theirs and every key:
// one text, for each crossing into JavaScript costs as much as hundreds of them.
func constants() string {
	w, group := &object{}, &object{}
	named := ""
	for line := range strings.SplitSeq(enums, "\n") {
		name, number, isMember := strings.Cut(line[min(1, len(line)):], " ")
		if isMember {
			n, _ := strconv.Atoi(number)
			group.int(name, int64(n))
			w.int(name, int64(n))
			continue
		}
		if named != "" {
			w.raw(named, string(group.end()))
		}
		named, group = line, &object{}
	}
	for line := range strings.SplitSeq(keys[1:], "\n") {
		name, value, _ := strings.Cut(line, " ")
		w.text(name, value)
	}
	return string(w.end())
}

// enums is every enum on TIM, registered as an object, its members beside it by their
// own names: a line with the C header's name of the enum, letter for letter, and behind
// it, indented, one for each member with its value.
const enums = generalEnums + messageEnums + groupEnums + errorCodes + "\n"

// generalEnums are the enums of calls, conversations, logins and people.
const generalEnums = `
TIMResult
 TIM_SUCC 0
 TIM_ERR_SDKUNINIT -1
 TIM_ERR_NOTLOGIN -2
 TIM_ERR_JSON -3
 TIM_ERR_PARAM -4
 TIM_ERR_CONV -5
 TIM_ERR_GROUP -6
TIMConvType
 kTIMConv_Invalid 0
 kTIMConv_C2C 1
 kTIMConv_Group 2
 kTIMConv_System 3
TIMConvEvent
 kTIMConvEvent_Add 0
 kTIMConvEvent_Del 1
 kTIMConvEvent_Update 2
 kTIMConvEvent_Start 3
 kTIMConvEvent_Finish 4
TIMConversationMarkType
 kTIMConversationMarkTypeStar 1
 kTIMConversationMarkTypeUnread 2
 kTIMConversationMarkTypeFold 4
 kTIMConversationMarkTypeHide 8
TIMGroupAtType
 kTIMGroup_At_Me 1
 kTIMGroup_At_All 2
 kTIMGroup_At_All_At_ME 3
TIMReceiveMessageOpt
 kTIMRecvMsgOpt_Receive 0
 kTIMRecvMsgOpt_Not_Receive 1
 kTIMRecvMsgOpt_Not_Notify 2
 kTIMRecvMsgOpt_Not_Notify_Except_At 3
 kTIMRecvMsgOpt_Not_Receive_Except_At 4
TIMLoginStatus
 kTIMLoginStatus_Logined 1
 kTIMLoginStatus_Logining 2
 kTIMLoginStatus_UnLogined 3
 kTIMLoginStatus_Logouting 4
TIMGenderType
 kTIMGenderType_Unknown 0
 kTIMGenderType_Male 1
 kTIMGenderType_Female 2
TIMProfileAddPermission
 kTIMProfileAddPermission_Unknown 0
 kTIMProfileAddPermission_AllowAny 1
 kTIMProfileAddPermission_NeedConfirm 2
 kTIMProfileAddPermission_DenyAny 3`

// messageEnums are the enums of messages and their elements.
const messageEnums = `
TIMMsgStatus
 kTIMMsg_Sending 1
 kTIMMsg_SendSucc 2
 kTIMMsg_SendFail 3
 kTIMMsg_Deleted 4
 kTIMMsg_LocalImported 5
 kTIMMsg_Revoked 6
 kTIMMsg_Cancel 7
TIMMsgPriority
 kTIMMsgPriority_High 0
 kTIMMsgPriority_Normal 1
 kTIMMsgPriority_Low 2
 kTIMMsgPriority_Lowest 3
TIMPlatform
 kTIMPlatform_Other 0
 kTIMPlatform_Windows 1
 kTIMPlatform_Android 2
 kTIMPlatform_IOS 3
 kTIMPlatform_Mac 4
 kTIMPlatform_Simulator 5
TIMElemType
 kTIMElem_Text 0
 kTIMElem_Image 1
 kTIMElem_Sound 2
 kTIMElem_Custom 3
 kTIMElem_File 4
 kTIMElem_GroupTips 5
 kTIMElem_Face 6
 kTIMElem_Location 7
 kTIMElem_GroupReport 8
 kTIMElem_Video 9
 kTIMElem_FriendChange 10
 kTIMElem_ProfileChange 11
 kTIMElem_Merge 12
 kTIMElem_Invalid -1
TIMImageLevel
 kTIMImageLevel_Orig 0
 kTIMImageLevel_Compression 1
 kTIMImageLevel_HD 2`
