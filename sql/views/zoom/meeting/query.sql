WITH parameter AS (
  -- Who loses the line is back within minutes; a personal room and a weekly series have one id all the time.
  SELECT INTERVAL '15' MINUTE AS longest_gap
),
last_leave AS (
  SELECT
    session.meeting_uuid,
    max(coalesce(session.leave_time, session.join_time)) AS left_at
  FROM events.zoom_participant_session AS session
  GROUP BY session.meeting_uuid
),
instance AS (
  SELECT
    meeting.meeting_uuid,
    meeting.feed,
    meeting.series_id,
    meeting.occurred_at AS started_at,
    coalesce(
      CASE WHEN meeting.end_time >= meeting.occurred_at THEN meeting.end_time END,
      meeting.occurred_at + greatest(meeting.duration, 0) * INTERVAL '1' SECOND
    ) AS ended_at,
    last_leave.left_at
  FROM events.zoom_meeting AS meeting
  LEFT JOIN last_leave
    ON last_leave.meeting_uuid = meeting.meeting_uuid
),
followed AS (
  SELECT
    instance.meeting_uuid,
    instance.feed,
    instance.series_id,
    instance.started_at,
    max(coalesce(instance.ended_at, instance.left_at, instance.started_at)) OVER (
      PARTITION BY instance.feed, instance.series_id
      ORDER BY instance.started_at, instance.meeting_uuid
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS others_ended_at
  FROM instance
),
grouped AS (
  SELECT
    followed.meeting_uuid,
    -- The last one so far that follows none.
    last_value(
      CASE
        WHEN followed.series_id IS NULL
          OR followed.others_ended_at IS NULL
          OR followed.started_at > followed.others_ended_at + parameter.longest_gap
          THEN followed.meeting_uuid
      END
    ) IGNORE NULLS OVER (
      PARTITION BY followed.feed, followed.series_id
      ORDER BY followed.started_at, followed.meeting_uuid
      ROWS UNBOUNDED PRECEDING
    ) AS meeting_group
  FROM followed
  CROSS JOIN parameter
)
SELECT
  meeting.meeting_uuid,
  meeting.series_id,
  coalesce(meeting.topic, meeting.series_topic) AS topic,
  meeting.host_id,
  meeting.host_name,
  meeting.host_email,
  meeting.host_user_type,
  meeting.occurred_at AS start_time,
  meeting.end_time,
  meeting.duration,
  meeting.participant_sessions,
  meeting.has_pstn,
  meeting.has_voip,
  meeting.has_3rd_party_audio,
  meeting.has_video,
  meeting.has_screen_share,
  meeting.recording,
  grouped.meeting_group,
  meeting.start_time IS NOT NULL AS is_start_reported,
  meeting.reported_duration,
  meeting.series_topic,
  meeting.type,
  meeting.source,
  meeting.dept,
  meeting.total_minutes,
  meeting.has_sip,
  meeting.has_archiving,
  meeting.in_room_participants,
  meeting.audio_quality,
  meeting.video_quality,
  meeting.screen_share_quality,
  meeting.tracking_fields,
  meeting.custom_keys,
  meeting.form,
  meeting.event_id,
  meeting.occurred_at,
  meeting.feed
FROM events.zoom_meeting AS meeting
JOIN grouped
  ON grouped.meeting_uuid = meeting.meeting_uuid
