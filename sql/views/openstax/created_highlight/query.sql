-- v1 names page and book itself, v2 in its source_metadata; what one lacks the other has.
WITH highlight AS (
  SELECT
    device_uuid,
    user_uuid,
    session_uuid,
    session_order,
    scheme,
    host,
    path,
    query,
    highlight_id,
    source_type,
    source_metadata,
    annotation,
    anchor,
    color,
    location_strategies,
    year,
    month,
    day,
    event_id,
    feed,
    schema_version,
    query_parameters,
    source_metadata_content_version,
    source_metadata_context_version,
    source_metadata_content_index,
    occurred_at,
    coalesce(source_id, source_metadata_content_id) AS source_id,
    coalesce(source_metadata_content_id, source_id) AS content_id,
    coalesce(scope_id, source_metadata_scope_id) AS scope_id,
    coalesce(source_metadata_scope_id, scope_id) AS metadata_scope_id
  FROM events.openstax_event
  WHERE event_type = 'created_highlight'
)
SELECT
  highlight.device_uuid,
  highlight.user_uuid,
  highlight.session_uuid,
  highlight.session_order,
  highlight.scheme,
  highlight.host,
  highlight.path,
  highlight.query,
  CASE
    WHEN CAST(TRY_CAST(highlight.highlight_id AS uuid) AS varchar) = lower(highlight.highlight_id)
    THEN TRY_CAST(highlight.highlight_id AS uuid)
  END AS highlight_id,
  highlight.source_id,
  highlight.source_type,
  highlight.source_metadata,
  highlight.annotation,
  highlight.anchor,
  highlight.color,
  highlight.location_strategies,
  CASE
    WHEN CAST(TRY_CAST(highlight.scope_id AS uuid) AS varchar) = lower(highlight.scope_id)
    THEN TRY_CAST(highlight.scope_id AS uuid)
  END AS scope_id,
  CAST(date_trunc('millisecond', highlight.occurred_at AT TIME ZONE 'UTC') AS timestamp(6)) AS occurred_at,
  highlight.year,
  highlight.month,
  highlight.day,
  highlight.event_id,
  highlight.feed,
  highlight.schema_version,
  CAST(highlight.occurred_at AS date) AS occurred_date,
  highlight.query_parameters,
  CASE
    WHEN CAST(TRY_CAST(highlight.highlight_id AS uuid) AS varchar) = lower(highlight.highlight_id)
    THEN NULL
    ELSE highlight.highlight_id
  END AS highlight_id_text,
  CASE
    WHEN CAST(TRY_CAST(highlight.scope_id AS uuid) AS varchar) = lower(highlight.scope_id)
    THEN NULL
    ELSE highlight.scope_id
  END AS scope_id_text,
  CASE
    WHEN CAST(TRY_CAST(highlight.content_id AS uuid) AS varchar) = lower(highlight.content_id)
    THEN TRY_CAST(highlight.content_id AS uuid)
  END AS source_metadata_content_id,
  highlight.source_metadata_content_version,
  highlight.source_metadata_context_version,
  highlight.source_metadata_content_index,
  CASE
    WHEN CAST(TRY_CAST(highlight.metadata_scope_id AS uuid) AS varchar) = lower(highlight.metadata_scope_id)
    THEN TRY_CAST(highlight.metadata_scope_id AS uuid)
  END AS source_metadata_scope_id
FROM highlight
