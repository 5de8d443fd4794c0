-- Sessions per signed-in user, with Trino over the views.
--
-- One row per user, with the sessions that any event of the user names; anonymous readers are nobody's. The yardstick
-- openstax_sessions_per_user.duckdb.sql answers the same over the raw Parquet files.
SELECT
  user_uuid,
  count(DISTINCT session_uuid) AS sessions
FROM openstax.event
WHERE user_uuid IS NOT NULL
GROUP BY user_uuid
ORDER BY user_uuid
