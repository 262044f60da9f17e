/** E-mail: the way to the mail server, what a letter says and how it is written down. */
package dev.plimsoll.delivery.mail;
