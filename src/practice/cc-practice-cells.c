/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <string.h>

/* A row that states nothing yet. */
void
cc_note_row_init (CcNoteRow *self,
                  CcNoteUnit unit,
                  guint      truth,
                  guint      agency,
                  guint64    seed,
                  CcDay      day)
{
  *self = (CcNoteRow){ .unit = unit,
                       .truth = truth,
                       .agency = agency,
                       .seed = seed,
                       .day = day,
                       .birth = CC_INTERVAL_UNKNOWN,
                       .age_min = -1,
                       .age_max = -1,
                       .detected = CC_INTERVAL_UNKNOWN,
                       .decided = CC_INTERVAL_UNKNOWN,
                       .service_from = CC_INTERVAL_UNKNOWN,
                       .returned = CC_INTERVAL_UNKNOWN,
                       .event = G_MAXUINT,
                       .recorded = CC_INTERVAL_UNKNOWN,
                       .contact = CC_INTERVAL_UNKNOWN,
                       .prosecuted = CC_INTERVAL_UNKNOWN,
                       .judged = CC_INTERVAL_UNKNOWN,
                       .stage_since = CC_INTERVAL_UNKNOWN,
                       .months = -1 };
}

void
cc_written_cell_clear (CcWrittenCell *self)
{
  g_clear_pointer (&self->text, g_free);
  *self = (CcWrittenCell){ 0 };
}

static void
write_text (CcWrittenCell *cell, const char *text)
{
  cell->text = g_strdup (text);
}

static void
write_number (CcWrittenCell *cell, int number)
{
  cell->text = g_strdup_printf ("%d", number);
  cell->is_number = TRUE;
  cell->number = number;
}

/* {n} number of the case, {y} and {Y} its year in two and four digits. */
static char *
format_case (CcWorld *world, guint event, const char *pattern)
{
  const CcWorldEvent *stated = &g_array_index (world->events, CcWorldEvent, event);
  g_autofree char    *number =
      g_strdup_printf ("%03" G_GUINT64_FORMAT, world->first_event + event + 1);
  g_autofree char *year = g_strdup_printf ("%d", cc_day_year (stated->day));
  g_autoptr (GString) text = g_string_new (pattern);

  g_string_replace (text, "{n}", number, 0);
  g_string_replace (text, "{y}", year + 2, 0);
  g_string_replace (text, "{Y}", year, 0);
  return g_strdup (text->str);
}

static void
write_single (CcRowContext *self, const CcCode *said, const CcCode **read, CcWrittenCell *cell)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *read = said != NULL ? cc_row_write_code (self, said, text) : NULL;
  if (*read == NULL)
    cc_row_write_unknown (self, cell);
  else
    write_text (cell, text->str);
}

static void
write_one_country (CcRowContext *self, const CcCode *said, const CcCode **read, CcWrittenCell *cell)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *read = said != NULL ? cc_row_write_country (self, said, "name", text) : NULL;
  write_text (cell, *read != NULL ? text->str : "");
}

static void
write_citizenship (CcRowContext *self, const char *style, CcWrittenCell *cell)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->said->citizenship.n; i++)
    {
      g_autoptr (GString) one = g_string_new (NULL);
      const CcCode *read = cc_row_write_country (self, self->said->citizenship.at[i], style, one);

      if (read == NULL)
        continue;
      if (text->len > 0)
        g_string_append (text, " / ");
      g_string_append (text, one->str);
      cc_code_set_add (&self->read->citizenship, read);
    }
  if (text->len == 0)
    cc_row_write_unknown (self, cell);
  else
    write_text (cell, text->str);
}

static const char *const *
tick_words (CcRowContext *self, const char *which, guint *n)
{
  return cc_practice_data_words (self->world->data, self->agency->kind->language, "_TICK", which,
                                 n);
}

static gboolean
has_tick_column (CcRowContext *self, const char *code)
{
  for (guint i = 0; i < self->layout->columns->len; i++)
    {
      const CcColumnLayout *column = self->layout->columns->pdata[i];

      if (g_str_equal (column->field, "tick") && g_str_equal (column->style, code))
        return TRUE;
    }
  return FALSE;
}

/* The column in which a form is ticked: its own, its parent's, or "other". */
static const char *
tick_column (CcRowContext *self, const CcCode *form)
{
  if (has_tick_column (self, form->code))
    return form->code;
  if (*form->parent != '\0' && has_tick_column (self, form->parent))
    return form->parent;
  return "_O";
}

static void
write_tick (CcRowContext *self, const char *code, CcWrittenCell *cell)
{
  gboolean           yes = FALSE;
  guint              n;
  const char *const *words;

  for (guint i = 0; i < self->said->forms.n; i++)
    yes |= g_str_equal (tick_column (self, self->said->forms.at[i]), code);
  if (self->said->forms.n == 0)
    {
      write_text (cell, "");
      return;
    }
  words = tick_words (self, yes ? "yes" : "no", &n);
  write_text (cell, n > 0 ? words[0] : "");
  if (yes)
    cc_code_set_add (&self->read->forms, cc_practice_data_code (self->world->data, "EXPL", code));
}

static gboolean
write_name_cell (CcRowContext *self, const char *field, CcWrittenCell *cell)
{
  const CcWrittenNames *names = self->names;

  if (g_str_equal (field, "family"))
    write_text (cell, names->family);
  else if (g_str_equal (field, "given"))
    write_text (cell, names->given);
  else if (g_str_equal (field, "full-name"))
    cell->text = *names->family != '\0' ? g_strconcat (names->given, " ", names->family, NULL)
                                        : g_strdup (names->given);
  else if (g_str_equal (field, "alias"))
    write_text (cell, names->alias);
  else if (g_str_equal (field, "father"))
    write_text (cell, names->father);
  else if (g_str_equal (field, "town"))
    write_text (cell, names->town);
  else if (g_str_equal (field, "document"))
    write_text (cell, names->document);
  else if (g_str_equal (field, "phone"))
    write_text (cell, names->phone);
  else
    return FALSE;
  return TRUE;
}

static gboolean
write_date_cell (CcRowContext *self, const char *field, const char *style, CcWrittenCell *cell)
{
  const CcNoteRow *said = self->said;
  CcNoteRow       *read = self->read;

  if (g_str_equal (field, "birth-or-age") && cc_interval_is_known (said->birth))
    read->birth = cc_row_write_date (self, said->birth, style, cell);
  else if (g_str_equal (field, "birth-or-age"))
    cc_row_write_age (self, "years", cell);
  else if (g_str_equal (field, "birth-date"))
    read->birth = cc_row_write_date (self, said->birth, style, cell);
  else if (g_str_equal (field, "detected"))
    read->detected = cc_row_write_date (self, said->detected, style, cell);
  else if (g_str_equal (field, "decided"))
    read->decided = cc_row_write_date (self, said->decided, style, cell);
  else if (g_str_equal (field, "recorded"))
    read->recorded = cc_row_write_date (self, said->recorded, style, cell);
  else if (g_str_equal (field, "service-from"))
    read->service_from = cc_row_write_date (self, said->service_from, style, cell);
  else if (g_str_equal (field, "returned"))
    read->returned = cc_row_write_date (self, said->returned, style, cell);
  else if (g_str_equal (field, "contact"))
    read->contact = cc_row_write_date (self, said->contact, style, cell);
  else if (g_str_equal (field, "prosecuted"))
    read->prosecuted = cc_row_write_date (self, said->prosecuted, style, cell);
  else if (g_str_equal (field, "stage-since"))
    read->stage_since = cc_row_write_date (self, said->stage_since, style, cell);
  else if (g_str_equal (field, "judged"))
    read->judged = cc_row_write_date (self, said->judged, style, cell);
  else
    return FALSE;
  return TRUE;
}

static gboolean
write_list_cell (CcRowContext *self, const char *field, CcWrittenCell *cell)
{
  const CcNoteRow *said = self->said;
  CcNoteRow       *read = self->read;

  if (g_str_equal (field, "forms"))
    cc_row_write_codes (self, "EXPL", &said->forms, &read->forms, cell);
  else if (g_str_equal (field, "sectors"))
    cc_row_write_codes (self, "ISIC", &said->sectors, &read->sectors, cell);
  else if (g_str_equal (field, "control"))
    cc_row_write_codes (self, "CONTROL", &said->control, &read->control, cell);
  else if (g_str_equal (field, "methods"))
    cc_row_write_codes (self, "RECMETH", &said->methods, &read->methods, cell);
  else if (g_str_equal (field, "services"))
    cc_row_write_codes (self, "ASSIST", &said->services, &read->services, cell);
  else if (g_str_equal (field, "roles"))
    cc_row_write_codes (self, "PROLE", &said->roles, &read->roles, cell);
  else if (g_str_equal (field, "sentence"))
    cc_row_write_codes (self, "SENT", &said->sentence, &read->sentence, cell);
  else if (g_str_equal (field, "flow"))
    write_single (self, said->flow, &read->flow, cell);
  else if (g_str_equal (field, "channel"))
    write_single (self, said->channel, &read->channel, cell);
  else if (g_str_equal (field, "status"))
    write_single (self, said->status, &read->status, cell);
  else if (g_str_equal (field, "sex"))
    write_single (self, said->sex, &read->sex, cell);
  else if (g_str_equal (field, "outcome"))
    write_single (self, said->outcome, &read->outcome, cell);
  else if (g_str_equal (field, "stage"))
    write_single (self, said->stage, &read->stage, cell);
  else if (g_str_equal (field, "scope"))
    write_single (self, said->scope, &read->scope, cell);
  else if (g_str_equal (field, "return-type"))
    write_single (self, said->return_type, &read->return_type, cell);
  else
    return FALSE;
  return TRUE;
}

static void
write_word (CcRowContext *self, const char *list, CcWrittenCell *cell)
{
  guint              n;
  const char *const *words =
      cc_practice_data_words (self->world->data, self->agency->kind->language, list, "_", &n);

  write_text (cell, n > 0 ? words[cc_random_below (&self->random, n)] : "");
}

static void
write_other_cell (CcRowContext *self, const CcColumnLayout *column, CcWrittenCell *cell)
{
  const char      *field = column->field;
  const CcNoteRow *said = self->said;
  CcNoteRow       *read = self->read;

  if (g_str_equal (field, "serial"))
    write_number (cell, (int) self->serial);
  else if (g_str_equal (field, "case-no") && said->event != G_MAXUINT)
    {
      cell->text = format_case (self->world, said->event, column->style);
      read->event = said->event;
    }
  else if (g_str_equal (field, "other-ref") && said->event != G_MAXUINT)
    cell->text = format_case (self->world, said->event, column->style);
  else if (g_str_equal (field, "agency-ref"))
    cell->text = g_strdup_printf ("%c-%05u", g_ascii_toupper (*self->agency->key), said->order + 1);
  else if (g_str_equal (field, "age"))
    cc_row_write_age (self, column->style, cell);
  else if (g_str_equal (field, "citizenship"))
    write_citizenship (self, column->style, cell);
  else if (g_str_equal (field, "origin"))
    write_one_country (self, said->origin, &read->origin, cell);
  else if (g_str_equal (field, "return-country"))
    write_one_country (self, said->return_country, &read->return_country, cell);
  else if (g_str_equal (field, "exploited"))
    {
      const CcCode *country = NULL;

      write_one_country (self, said->exploited.n > 0 ? said->exploited.at[0] : NULL, &country,
                         cell);
      cc_code_set_add (&read->exploited, country);
    }
  else if (g_str_equal (field, "tick"))
    write_tick (self, column->style, cell);
  else if (g_str_equal (field, "months") && said->months >= 0)
    {
      write_number (cell, said->months);
      read->months = said->months;
    }
  else if (g_str_equal (field, "victims"))
    write_number (cell,
                  (int) g_array_index (self->world->events, CcWorldEvent, said->truth).victims);
  else if (g_str_equal (field, "perpetrators"))
    write_number (cell, (int) g_array_index (self->world->events, CcWorldEvent, said->truth)
                            .perpetrators);
  else if (g_str_equal (field, "remark"))
    write_word (self, "_REMARK", cell);
  else if (g_str_equal (field, "post"))
    write_word (self, "_POST", cell);
}

/* Writes one cell and leaves in the context's `read` what a careful reader takes from it. */
void
cc_row_write_cell (CcRowContext *self, const CcColumnLayout *column, CcWrittenCell *cell)
{
  cc_written_cell_clear (cell);
  if (cc_practice_chance (&self->random, column->fill)
      && !write_name_cell (self, column->field, cell)
      && !write_date_cell (self, column->field, column->style, cell)
      && !write_list_cell (self, column->field, cell))
    write_other_cell (self, column, cell);
  if (cell->text == NULL)
    cell->text = g_strdup ("");
}
