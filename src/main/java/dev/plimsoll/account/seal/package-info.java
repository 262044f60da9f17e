/** What is secret or private, unreadable in the database and in a backup of it. */
package dev.plimsoll.account.seal;
