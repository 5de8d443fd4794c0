WITH parameter AS (
  -- The old command's own: long enough that a heartbeat every 30 seconds does not miss one, short beside a lecture.
  SELECT BIGINT '300' AS interval_seconds
),
watched AS (
  SELECT
    action.feed,
    action.mpid,
    coalesce(action.huid, 'None') AS huid,
    count(DISTINCT CASE WHEN action.is_live = 0 THEN floor(action.action_inpoint / CAST(parameter.interval_seconds AS double)) END)
      AS vod_interval_count,
    count(DISTINCT CASE WHEN action.is_live = 1 THEN floor(action.action_inpoint / CAST(parameter.interval_seconds AS double)) END)
      AS live_interval_count
  FROM events.opencast_useraction AS action
  CROSS JOIN parameter
  WHERE action.action_type = 'HEARTBEAT'
    AND action.action_is_playing
    AND action.action_inpoint IS NOT NULL
    AND action.mpid IS NOT NULL
    AND coalesce(action.huid, 'None') <> 'anonymous'
  GROUP BY action.feed, action.mpid, coalesce(action.huid, 'None')
),
episode_in_intervals AS (
  SELECT
    episode.feed,
    episode.mpid,
    episode.title,
    episode.course,
    episode.series,
    episode.year,
    episode.term,
    -- Durations are milliseconds. An interval that has begun counts as one; no length, no share.
    CASE WHEN episode.duration > 0
      THEN (episode.duration - 1) / (1000 * parameter.interval_seconds) + 1
    END AS vod_interval_count,
    CASE WHEN episode.live_duration > 0
      THEN (episode.live_duration - 1) / (1000 * parameter.interval_seconds) + 1
    END AS live_interval_count
  FROM events.opencast_episode AS episode
  CROSS JOIN parameter
)
SELECT
  watched.mpid,
  watched.huid,
  -- Whole percent, cut off: the division is one of whole numbers.
  CASE WHEN watched.vod_interval_count > 0
    THEN 100 * watched.vod_interval_count / episode.vod_interval_count
  END AS vod_attendance,
  CASE WHEN watched.live_interval_count > 0
    THEN 100 * watched.live_interval_count / episode.live_interval_count
  END AS live_attendance,
  watched.vod_interval_count,
  watched.live_interval_count,
  episode.vod_interval_count AS episode_vod_interval_count,
  episode.live_interval_count AS episode_live_interval_count,
  episode.year,
  episode.term,
  episode.series,
  episode.course,
  episode.title,
  watched.feed
FROM watched
LEFT JOIN episode_in_intervals AS episode
  ON episode.feed = watched.feed
  AND episode.mpid = watched.mpid
