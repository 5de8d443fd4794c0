WITH used AS (
  SELECT
    action.feed,
    action.mpid,
    coalesce(action.huid, 'None') AS huid,
    count_if(action.action_type LIKE 'paella:caption:enabled%') AS captions,
    count_if(action.action_type LIKE 'paella:button:action;%playbackRatePlugin') AS playback_speed,
    count_if(action.action_type LIKE 'paella:button:action;%viewModeTogglePlugin') AS view_mode
  FROM events.opencast_useraction AS action
  WHERE action.mpid IS NOT NULL
    AND coalesce(action.huid, 'None') <> 'anonymous'
  GROUP BY action.feed, action.mpid, coalesce(action.huid, 'None')
)
SELECT
  used.mpid,
  used.huid,
  used.captions,
  used.playback_speed,
  used.view_mode,
  episode.year,
  episode.term,
  episode.series,
  episode.course,
  episode.title,
  used.feed
FROM used
LEFT JOIN events.opencast_episode AS episode
  ON episode.feed = used.feed
  AND episode.mpid = used.mpid
