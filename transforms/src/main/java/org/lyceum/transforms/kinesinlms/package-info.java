/** KinesinLMS: messages of its event tracking in, rows out. */
package org.lyceum.transforms.kinesinlms;
