// The message elements of the sample, one short function each.

export const face = (index, name) => ({ elem_type: 6, face_elem_index: index, face_elem_buf: name });

export const place = (desc, longitude, latitude) => ({
  elem_type: 7, location_elem_desc: desc, location_elem_longitude: longitude, location_elem_latitude: latitude,
});

export const image = (id, width, height, size) => ({
  elem_type: 1, image_elem_level: 0, image_elem_format: 1, image_elem_orig_path: "",
  image_elem_orig_id: id, image_elem_orig_pic_width: width, image_elem_orig_pic_height: height,
  image_elem_orig_pic_size: size, image_elem_orig_url: "",
});

export const sound = (id, seconds) => ({
  elem_type: 2, sound_elem_file_id: id, sound_elem_file_size: seconds * 2048, sound_elem_file_time: seconds, sound_elem_url: "",
});

export const file = (name, size) => ({
  elem_type: 4, file_elem_file_name: name, file_elem_file_size: size, file_elem_file_id: `f-${name.length}-${size}`, file_elem_url: "",
});

export const video = (id, seconds, size) => ({
  elem_type: 9, video_elem_video_type: "mp4", video_elem_video_id: id, video_elem_video_duration: seconds,
  video_elem_video_size: size, video_elem_video_url: "", video_elem_image_type: "jpg", video_elem_image_width: 1280, video_elem_image_height: 720,
});

export const custom = (data, desc) => ({
  elem_type: 3, custom_elem_data: JSON.stringify(data), custom_elem_desc: desc, custom_elem_ext: "", custom_elem_sound: "",
});

export const merged = (title, lines) => ({
  elem_type: 12, merge_elem_title: title, merge_elem_abstract_array: lines, merge_elem_compatible_text: title, merge_elem_layer_over_limit: false,
});

export const tips = (type, operator, users, changes = []) => ({
  elem_type: 5, group_tips_elem_tip_type: type, group_tips_elem_op_user: operator, group_tips_elem_user_array: users,
  group_tips_elem_group_change_info_array: changes.map(([flag, value]) => ({
    group_tips_group_change_info_flag: flag, group_tips_group_change_info_value: value,
  })),
});
