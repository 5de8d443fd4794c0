package org.lyceum.transforms.lake;

import java.io.Serializable;

/**
 * What the books say of a run.
 *
 * @param startedAt microseconds since 1970
 * @param reason null when nobody said why
 */
public record RunInfo(
    String runId, String pipeline, String runner, long startedAt, String codeVersion, String reason)
    implements Serializable {}
