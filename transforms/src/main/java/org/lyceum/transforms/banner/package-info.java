/**
 * Banner, the school's student information system: the number of a course in; its people out, for
 * the roll call. They go to whoever asked, never into the lake or a log.
 *
 * <p>One page of JSON per course, without authentication, pages or rate limits that are known; the
 * session says how fast it is asked. Delivery is what Banner has when it is asked.
 */
package org.lyceum.transforms.banner;
