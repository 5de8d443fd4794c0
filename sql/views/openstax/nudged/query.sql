SELECT
  event.device_uuid,
  event.user_uuid,
  event.session_uuid,
  event.session_order,
  event.scheme,
  event.host,
  event.path,
  event.query,
  event.app,
  CASE
    WHEN CAST(TRY_CAST(event.context AS uuid) AS varchar) = lower(event.context)
    THEN TRY_CAST(event.context AS uuid)
  END AS context,
  event.medium,
  event.target,
  event.flavor,
  CAST(date_trunc('millisecond', event.occurred_at AT TIME ZONE 'UTC') AS timestamp(6)) AS occurred_at,
  event.year,
  event.month,
  event.day,
  event.event_id,
  event.feed,
  event.schema_version,
  CAST(event.occurred_at AS date) AS occurred_date,
  event.query_parameters,
  CASE
    WHEN CAST(TRY_CAST(event.context AS uuid) AS varchar) = lower(event.context)
    THEN NULL
    ELSE event.context
  END AS context_text
FROM events.openstax_event AS event
WHERE event.event_type = 'nudged'
