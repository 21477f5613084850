/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of letters by bytes of the text, end exclusive; never inside a letter. */
typedef struct
{
  guint start;
  guint end;
} CcLetterSpan;

gboolean cc_letter_equal (const char *a, const char *b);
guint    cc_letter_diff (const char *a, const char *b, GArray *spans_a, GArray *spans_b);
void     cc_letter_diff_words (const char *a, const char *b, GArray *spans_a, GArray *spans_b);
void     cc_letter_spans_merge (GArray *spans);

G_END_DECLS
