/**
 * What Trino lacks, as a plugin that Trino itself loads. A user's request enters; a refusal, or no
 * opinion, leaves. Nothing here may use a class from outside Trino's SPI and the JDK.
 */
package org.lyceum.stack.trino;
