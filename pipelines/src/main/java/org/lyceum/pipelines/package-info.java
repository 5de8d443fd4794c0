/**
 * One main per pipeline, named after its make target: options in, one run of a pipeline out.
 * Nothing depends on it.
 */
package org.lyceum.pipelines;
