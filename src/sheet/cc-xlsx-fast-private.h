/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A cell as nearly every program writes it:
 *   <c r="B7" s="3" t="s"><v>12</v></c>
 * with s and t left out where they say nothing, or without a value, or with an inline text
 *   <c r="B7" t="inlineStr"><is><t>text</t></is></c>
 * Reading these without the tokenizer is what makes reading cost little more than unpacking. */
typedef struct
{
  guint       column;
  guint       style;
  char        type;  /* the first letter of t, i for inlineStr; 'n' without one, 'S' for str */
  const char *value; /* in the buffer; ends with '<' */
  gsize       value_length;
} CcXlsxFastCell;

/* The digits of a row's number and the quotation mark behind them, to be compared at one go. */
typedef struct
{
  guint64 bytes, mask;
  gsize   length;
} CcXlsxFastRow;

void cc_xlsx_fast_row_set (CcXlsxFastRow *self, guint row);

/* Takes one such cell of `row`. Bytes taken; 0 when the text is anything else, incomplete, or holds
 * what must be decoded. `text` is what cc_xml_reader_peek () shows. */
gsize cc_xlsx_fast_cell (const char *text, const CcXlsxFastRow *row, CcXlsxFastCell *cell);

/* The same for <si><t>text</t></si> in the table of strings; only plain ASCII that needs no
 * decoding. */
gsize cc_xlsx_fast_string (const char *text, const char **value, gsize *value_length);
