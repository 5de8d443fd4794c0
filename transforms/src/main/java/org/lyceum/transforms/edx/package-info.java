/**
 * Lines of edX tracking logs in, rows of {@code events.edx_tracking_log} out. Logs are files, plain
 * or gzip, one JSON object per line, in no promised order and with copies; nothing is asked of a
 * service; a line may also come as a message. Plain Java; what many sources need (JSON, keys,
 * extra) is in {@code parse}.
 */
package org.lyceum.transforms.edx;
