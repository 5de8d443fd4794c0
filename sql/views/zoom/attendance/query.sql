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
    coalesce(meeting.topic, meeting.series_topic) AS topic,
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
    instance.topic,
    instance.started_at,
    instance.ended_at,
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
    followed.series_id,
    followed.topic,
    followed.started_at,
    followed.ended_at,
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
),
stay AS (
  SELECT
    session.feed,
    session.meeting_uuid,
    coalesce(session.person, 'user_id:' || session.user_id) AS person,
    session.user_name,
    session.email,
    session.join_time,
    session.leave_time,
    -- Without an end a stay has no length that anybody knows.
    coalesce(
      CASE WHEN session.leave_time >= session.join_time THEN session.leave_time END,
      session.join_time + greatest(session.duration, 0) * INTERVAL '1' SECOND
    ) AS left_at
  FROM events.zoom_participant_session AS session
),
stay_in_order AS (
  SELECT
    stay.meeting_uuid,
    stay.person,
    stay.join_time,
    coalesce(stay.left_at, stay.join_time) AS left_at,
    max(coalesce(stay.left_at, stay.join_time)) OVER (
      PARTITION BY stay.meeting_uuid, stay.person
      ORDER BY stay.join_time, stay.left_at
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS last_left_at
  FROM stay
  WHERE stay.join_time IS NOT NULL
),
attended AS (
  SELECT
    stay.meeting_uuid,
    stay.person,
    -- What a stay adds to those before it, within the meeting; so time that several share counts once.
    sum(
      greatest(
        date_diff(
          'millisecond',
          greatest(
            stay.join_time,
            coalesce(stay.last_left_at, stay.join_time),
            coalesce(meeting.started_at, stay.join_time)
          ),
          least(stay.left_at, coalesce(meeting.ended_at, stay.left_at))
        ),
        0
      )
    ) / 1000 AS attended_seconds,
    count_if(stay.join_time > stay.last_left_at) AS rejoin_count
  FROM stay_in_order AS stay
  LEFT JOIN grouped AS meeting
    ON meeting.meeting_uuid = stay.meeting_uuid
  GROUP BY stay.meeting_uuid, stay.person
),
participant AS (
  SELECT
    stay.meeting_uuid,
    stay.person,
    min(stay.join_time) AS first_join_at,
    max(stay.leave_time) AS last_leave_at,
    count(*) AS session_count,
    count_if(stay.left_at IS NULL) AS session_without_end_count,
    max(stay.user_name) AS user_name,
    max(stay.email) AS email,
    max(stay.feed) AS feed
  FROM stay
  GROUP BY stay.meeting_uuid, stay.person
)
SELECT
  participant.meeting_uuid,
  participant.person,
  coalesce(attended.attended_seconds, 0) AS attended_seconds,
  participant.first_join_at,
  participant.last_leave_at,
  coalesce(attended.rejoin_count, 0) AS rejoin_count,
  coalesce(meeting.meeting_group, participant.meeting_uuid) AS meeting_group,
  participant.session_count,
  participant.session_without_end_count,
  participant.user_name,
  participant.email,
  meeting.series_id,
  meeting.topic,
  meeting.started_at AS start_time,
  meeting.ended_at AS end_time,
  date_diff('second', meeting.started_at, meeting.ended_at) AS duration,
  participant.feed
FROM participant
LEFT JOIN attended
  ON attended.meeting_uuid = participant.meeting_uuid
  AND attended.person = participant.person
LEFT JOIN grouped AS meeting
  ON meeting.meeting_uuid = participant.meeting_uuid
