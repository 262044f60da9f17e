/** What people read by the calendar: digests of the day and the week, and the check before going to bed. */
package dev.plimsoll.pipeline.digest;
