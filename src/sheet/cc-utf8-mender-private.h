/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define CC_TYPE_UTF8_MENDER (cc_utf8_mender_get_type ())
G_DECLARE_FINAL_TYPE (CcUtf8Mender, cc_utf8_mender, CC, UTF8_MENDER, GObject)

/* Passes UTF-8 on and writes each byte that is none as \XX, as GCharsetConverter does with other
 * encodings. (With this one it cannot be used: the C library's iconv lets five-byte sequences
 * pass.) A text that ends inside a character is an error, G_IO_ERROR_PARTIAL_INPUT. */
GConverter *cc_utf8_mender_new (void);
