/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-read-private.h"

#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-scan-private.h"

/* Months in "5 ans", "18 mois", "1 year 6 months"; a bare number is months already. */
static gboolean
read_months (CcCellReader *self, const char *text, gint64 *months)
{
  g_autoptr (GArray) tokens = cc_scan (text);
  gint64   total = 0, last = -1;
  gboolean found = FALSE;

  for (guint i = 0; i < tokens->len; i++)
    {
      CcScanToken *token = cc_scan_at (tokens, i);

      if (token->kind == CC_SCAN_NUMBER)
        {
          if (last >= 0)
            return FALSE;
          last = token->number;
          found = TRUE;
        }
      else if (token->kind == CC_SCAN_SIGN && !strchr (".,()", (int) MIN (token->sign, 127)))
        return FALSE;
      else if (token->kind == CC_SCAN_WORD && last >= 0)
        {
          if (cc_pack_match_token (self->pack, "age-year", token->word))
            total += last * 12;
          else if (cc_pack_match_token (self->pack, "age-month", token->word))
            total += last;
          else
            return FALSE;
          last = -1;
        }
    }
  *months = total + MAX (last, 0);
  return found && *months < 12 * 200;
}

/* Whether the variable counts the persons of a row. */
static gboolean
counts_persons (const CcVariable *variable)
{
  return g_str_equal (variable->id, "EV17") || g_str_equal (variable->id, "EV18");
}

/* A number that is there and cannot be told: its text waits for somebody to say what it means, and
 * nobody may take the row for one person meanwhile. */
static void
set_unclear (CcCellReader *self, CcCellRead *read, const char *text, const char *rule)
{
  cc_cell_read_set_unreadable (self, read, text, rule);
  cc_cell_read_add_unmapped (read, text);
  read->n_unclear = counts_persons (self->target->variable);
}

static void
read_count (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcNumberText number;

  switch (cc_number_text_read (self->pack, text, self->point, self->comma, &number))
    {
    case CC_NUMBER_READ_OK:
      cc_cell_read_make_value (self, read)->number = number.number;
      if (number.approximate)
        read->note = "intake.finding.number-approximate";
      return;
    case CC_NUMBER_READ_BLANK:
      return;
    case CC_NUMBER_READ_BOUND:
      set_unclear (self, read, text, "intake.finding.number-bound");
      return;
    case CC_NUMBER_READ_MARK:
      set_unclear (self, read, text, "intake.finding.number-mark");
      return;
    case CC_NUMBER_READ_FRACTION:
    case CC_NUMBER_READ_UNREADABLE:
    default:
      break;
    }
  cc_cell_read_set_unreadable (self, read, text, "intake.finding.number-unreadable");
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      read->n_unclear = counts_persons (self->target->variable);
}

static void
read_duration (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcNumberText number;
  gint64       months;

  if (cc_number_text_read (self->pack, text, self->point, self->comma, &number)
      == CC_NUMBER_READ_BOUND)
    set_unclear (self, read, text, "intake.finding.number-bound");
  else if (read_months (self, text, &months))
    cc_cell_read_make_value (self, read)->number = months;
  else
    cc_cell_read_set_unreadable (self, read, text, "intake.finding.number-unreadable");
}

void
cc_cell_read_number (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcNoValue no_value;
  gint64    number;

  if (cc_map_get_number (self->map, text, &number, &no_value))
    {
      if (no_value != CC_NO_VALUE_NONE)
        cc_cell_read_set_no_value (self, read, no_value, text);
      else
        cc_cell_read_make_value (self, read)->number = number;
      return;
    }
  no_value = cc_word_no_value (self->pack, text);
  if (no_value != CC_NO_VALUE_NONE)
    cc_cell_read_set_no_value (self, read, no_value, NULL);
  else if (g_str_has_suffix (self->target->variable->name, "_months"))
    read_duration (self, read, text);
  else
    read_count (self, read, text);
}
