/** What mains share: runner profiles, the progress line, the closing table. No transforms. */
package org.lyceum.pipelines.run;
