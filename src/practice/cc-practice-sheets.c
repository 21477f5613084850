/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <string.h>
#include <cc/sheet/cc-book-writer.h>
#include "cc-practice-csv-private.h"
#include "cc-practice-out-private.h"

#define ROWS_OF_A_PAGE 60
#define NUMBERED_ROWS  25

/* One sheet while it is written; writer and csv are both NULL when nothing is written. */
typedef struct
{
  const CcSheetJob       *job;
  const CcPracticeAgency *agency;
  const CcSheetLayout    *layout;
  CcBookWriter           *book;
  CcSheetWriter          *writer;
  CcPracticeCsv          *csv;
  GPtrArray              *columns; /* CcColumnLayout*: those of this sheet, in its order */
  GPtrArray              *above;   /* text of the row above, by column */
  guint                   sheet;
  guint                   month; /* number of the sheet where there is one for each month */
  guint                   row;   /* next row, from 0 */
  guint                   serial;
} Page;

static void
put_text (Page *page, guint column, const char *text, guint style)
{
  if (page->writer != NULL && (*text != '\0' || style != 0))
    cc_sheet_writer_text (page->writer, page->row, column, text, style);
  if (page->csv != NULL)
    cc_practice_csv_put (page->csv, column, text);
}

static void
end_row (Page *page)
{
  if (page->csv != NULL)
    cc_practice_csv_end_row (page->csv);
  page->row++;
}

static void
put_cell (Page *page, guint column, const CcWrittenCell *cell)
{
  if (page->writer != NULL && cell->is_date)
    cc_sheet_writer_date (page->writer, page->row, column, cell->day, CC_STYLE_DATE);
  else if (page->writer != NULL && cell->is_number)
    cc_sheet_writer_number (page->writer, page->row, column, cell->number, 0);
  else
    put_text (page, column, cell->text, 0);
}

/* Headers stand as alternatives separated by "~": monthly sheets drift through them. */
static char *
choose_header (Page *page, const CcColumnLayout *column)
{
  g_auto (GStrv) headers = g_strsplit (column->header, "~", -1);

  return g_strdup (headers[(page->month / 5) % g_strv_length (headers)]);
}

static gboolean
is_optional (const CcColumnLayout *column)
{
  return g_str_equal (column->field, "alias") || g_str_equal (column->field, "father")
         || g_str_equal (column->field, "remark") || g_str_equal (column->field, "town");
}

/* The columns of this sheet. Monthly sheets lose a column now and then, and others change places.
 */
static void
choose_columns (Page *page)
{
  GPtrArray *all = page->layout->columns;

  for (guint i = 0; i < all->len; i++)
    if (!page->agency->kind->month_sheets || !is_optional (all->pdata[i])
        || (page->month * 3 + i) % 7 != 0)
      g_ptr_array_add (page->columns, all->pdata[i]);
  if (page->agency->kind->month_sheets && page->month % 3 == 1 && page->columns->len > 12)
    {
      gpointer moved = g_ptr_array_steal_index (page->columns, 8);

      g_ptr_array_insert (page->columns, 11, moved);
    }
  for (guint i = 0; i < page->columns->len; i++)
    g_ptr_array_add (page->above, g_strdup (""));
}

static void
write_titles (Page *page)
{
  const CcAgencyKind     *kind = page->agency->kind;
  const CcPracticeParams *params = page->job->world->params;
  g_autofree char        *years =
      g_strdup_printf ("%d-%d", params->first_year, params->first_year + params->n_years - 1);
  g_auto (GStrv) titles = g_strsplit (kind->titles, "|", -1);

  put_text (page, 0, kind->mark, CC_STYLE_BOLD | CC_STYLE_FILL);
  end_row (page);
  for (guint i = 0; titles[i] != NULL && *titles[i] != '\0'; i++)
    {
      g_autoptr (GString) title = g_string_new (titles[i]);
      guint last = page->columns->len - 1;

      g_string_replace (title, "{years}", years, 0);
      if (page->writer != NULL)
        cc_sheet_writer_merge (page->writer, page->row, 0, page->row, last, title->str,
                               CC_STYLE_TITLE);
      end_row (page);
    }
  if (page->csv == NULL)
    end_row (page);
}

static void
write_machine_names (Page *page)
{
  for (guint i = 0; i < page->columns->len; i++)
    put_text (page, i, ((CcColumnLayout *) page->columns->pdata[i])->group, 0);
  if (page->writer != NULL)
    cc_sheet_writer_hide_row (page->writer, page->row);
  end_row (page);
}

/* The upper of two header rows: one merged cell over the columns of a group. */
static void
write_groups (Page *page)
{
  for (guint i = 0; i < page->columns->len;)
    {
      const CcColumnLayout *column = page->columns->pdata[i];
      guint                 end = i + 1;

      while (end < page->columns->len
             && g_str_equal (((CcColumnLayout *) page->columns->pdata[end])->group, column->group))
        end++;
      if (page->writer != NULL && end - i > 1 && *column->group != '\0')
        cc_sheet_writer_merge (page->writer, page->row, i, page->row, end - 1, column->group,
                               CC_STYLE_HEADER);
      else
        put_text (page, i, column->group, CC_STYLE_HEADER);
      i = end;
    }
  end_row (page);
}

static gboolean
has_groups (Page *page)
{
  for (guint i = 0; i < page->columns->len; i++)
    if (*((CcColumnLayout *) page->columns->pdata[i])->group != '\0')
      return page->agency->kind->groups;
  return FALSE;
}

static void
write_header (Page *page)
{
  for (guint i = 0; i < page->columns->len; i++)
    {
      g_autofree char *header = choose_header (page, page->columns->pdata[i]);

      put_text (page, i, header, CC_STYLE_HEADER);
    }
  end_row (page);
}

static void
write_head (Page *page)
{
  if (page->agency->kind->machine_row)
    write_machine_names (page);
  else
    write_titles (page);
  if (has_groups (page))
    write_groups (page);
  write_header (page);
}

/* "As above", where the agency abbreviates and the row above says the same. */
static void
apply_ditto (Page *page, CcRowContext *context, guint column, CcWrittenCell *cell)
{
  const char           *ditto = page->agency->kind->ditto;
  const CcColumnLayout *layout = page->columns->pdata[column];
  char                **above = (char **) &page->above->pdata[column];
  gboolean              same = *cell->text != '\0' && g_str_equal (*above, cell->text);

  g_free (*above);
  *above = g_strdup (cell->text);
  if (same && *ditto != '\0'
      && (g_str_equal (layout->field, "case-no") || g_str_equal (layout->field, "citizenship")
          || g_str_equal (layout->field, "forms"))
      && cc_practice_chance (&context->random, 6000))
    {
      g_free (cell->text);
      cell->text = g_strdup (ditto);
    }
}

static void
write_row (Page *page, CcNoteRow *note)
{
  CcNoteRow said = *note;
  CcNoteRow read;
  g_auto (CcWrittenCell) cell = { 0 };
  CcWrittenNames names = { 0 };
  CcRowContext   context = { .world = page->job->world,
                             .agency = page->agency,
                             .layout = page->layout,
                             .said = &said,
                             .read = &read,
                             .names = &names,
                             .serial = ++page->serial };

  cc_note_row_init (&read, said.unit, said.truth, said.agency, said.seed, said.day);
  read.sheet = page->sheet;
  read.row = page->row + 1;
  read.order = said.order;
  cc_random_init (&context.random, cc_practice_mix (said.seed, 4));
  if (said.unit != CC_NOTE_EVENT)
    cc_practice_write_names (page->job->world, &said, &names);
  for (guint i = 0; i < page->columns->len; i++)
    {
      const CcColumnLayout *column = page->columns->pdata[i];

      cc_row_write_cell (&context, column, &cell);
      if (page->job->probe != NULL)
        page->job->probe (&said, column, cell.text, page->job->probe_data);
      apply_ditto (page, &context, i, &cell);
      put_cell (page, i, &cell);
    }
  end_row (page);
  cc_written_names_clear (&names);
  *note = read;
}

static void
write_total (Page *page)
{
  const char *total = page->agency->kind->total;

  if (*total == '\0')
    return;
  put_text (page, 0, total, CC_STYLE_TOTAL);
  if (page->writer != NULL)
    cc_sheet_writer_number (page->writer, page->row, 2, page->serial, CC_STYLE_TOTAL);
  else if (page->csv != NULL)
    {
      g_autofree char *number = g_strdup_printf ("%u", page->serial);

      cc_practice_csv_put (page->csv, 2, number);
    }
  end_row (page);
}

/* Sheets are prepared with more numbers than there are cases. */
static void
write_numbers (Page *page)
{
  for (guint i = 0; page->agency->kind->numbered && i < NUMBERED_ROWS; i++)
    {
      CcWrittenCell cell = { .is_number = TRUE, .number = page->serial + i + 1 };

      cell.text = g_strdup_printf ("%u", page->serial + i + 1);
      put_cell (page, 0, &cell);
      end_row (page);
      cc_written_cell_clear (&cell);
    }
}

static gboolean
open_page (Page *page, const char *name, GError **error)
{
  page->columns = g_ptr_array_new ();
  page->above = g_ptr_array_new_with_free_func (g_free);
  choose_columns (page);
  if (page->book != NULL)
    {
      page->writer = cc_book_writer_add_sheet (page->book, name, error);
      if (page->writer == NULL)
        return FALSE;
      if (page->agency->kind->right_to_left)
        cc_sheet_writer_set_right_to_left (page->writer);
      cc_sheet_writer_set_column_width (page->writer, 0, page->columns->len - 1, 16);
    }
  write_head (page);
  return TRUE;
}

static void
close_page (Page *page)
{
  write_numbers (page);
  write_total (page);
  g_clear_pointer (&page->columns, g_ptr_array_unref);
  g_clear_pointer (&page->above, g_ptr_array_unref);
  page->writer = NULL;
  page->row = page->serial = 0;
  page->sheet++;
}

static CcNoteUnit
sheet_unit (const CcSheetLayout *layout)
{
  return g_str_equal (layout->kind, "victims")        ? CC_NOTE_VICTIM
         : g_str_equal (layout->kind, "perpetrators") ? CC_NOTE_PERPETRATOR
                                                      : CC_NOTE_EVENT;
}

static guint
month_number (CcWorld *world, CcDay day)
{
  int year, month, mday;

  cc_day_to_ymd (day, &year, &month, &mday);
  return (guint) ((year - world->params->first_year) * 12 + month - 1);
}

/* Writes the notes of one unit: on one sheet, or on one for each month. */
static gboolean
write_unit (Page *page, GArray *notes, GError **error)
{
  CcWorld            *world = page->job->world;
  const CcAgencyKind *kind = page->agency->kind;
  gboolean            is_open = FALSE;

  if (notes->len == 0 && page->sheet > 0)
    return TRUE;
  for (guint i = 0; i < notes->len; i++)
    {
      CcNoteRow *note = &g_array_index (world->notes, CcNoteRow, g_array_index (notes, guint, i));
      guint      month = kind->month_sheets ? month_number (world, note->day) : 0;

      if (is_open && month != page->month)
        {
          close_page (page);
          is_open = FALSE;
        }
      if (!is_open)
        {
          g_autofree char *name = NULL;

          page->month = month;
          name = kind->month_sheets ? cc_practice_sheet_name (world, kind, note->day)
                                    : g_strdup (page->layout->name);
          if (!open_page (page, name, error))
            return FALSE;
          is_open = TRUE;
        }
      if (kind->repeated && page->serial > 0 && page->serial % ROWS_OF_A_PAGE == 0)
        write_header (page);
      write_row (page, note);
      if (page->job->progress != NULL
          && !cc_progress_update (page->job->progress, page->job->done + note->order, error))
        {
          close_page (page);
          return FALSE;
        }
    }
  if (!is_open && !open_page (page, kind->month_sheets ? kind->mark : page->layout->name, error))
    return FALSE;
  close_page (page);
  return TRUE;
}

/* Name of the sheet of one month, in the agency's language. */
char *
cc_practice_sheet_name (CcWorld *world, const CcAgencyKind *kind, CcDay day)
{
  int                year, month, mday;
  guint              n;
  g_autofree char   *number = NULL;
  const char *const *words;

  cc_day_to_ymd (day, &year, &month, &mday);
  number = g_strdup_printf ("%d", month);
  words = cc_practice_data_words (world->data, kind->language, "_MONTH", number, &n);
  return g_strdup_printf ("%s %d", n > 0 ? words[0] : number, year);
}

/* Indices of the notes of one agency about one unit, in the order in which they are written. */
GArray *
cc_practice_agency_notes (CcWorld *world, guint agency, CcNoteUnit unit)
{
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < world->notes->len; i++)
    {
      CcNoteRow *note = &g_array_index (world->notes, CcNoteRow, i);

      if (note->agency == agency && note->unit == unit)
        g_array_append_val (notes, i);
    }
  return notes;
}

/* The identifying texts of one row. Free with cc_written_names_clear(). */
void
cc_practice_write_names (CcWorld *world, const CcNoteRow *note, CcWrittenNames *names)
{
  static const struct
  {
    const char *type;
    guint       single;
  } singles[] = { { "HOT", 6700 }, { "NGO", 2600 }, { "SHE", 2400 }, { "SOC", 500 } };
  const CcPracticeAgency *agency = world->agencies->pdata[note->agency];
  g_autoptr (CcIdentity) identity = NULL;
  guint    single = 0;
  CcRandom random;

  for (guint i = 0; i < G_N_ELEMENTS (singles); i++)
    if (g_str_equal (agency->kind->type->code, singles[i].type))
      single = singles[i].single;
  if (note->unit == CC_NOTE_VICTIM)
    {
      const CcWorldVictim *victim = &g_array_index (world->victims, CcWorldVictim, note->truth);

      identity = cc_identity_new (world->data, victim->seed, victim->family_seed, victim->country,
                                  !g_str_equal (victim->sex->code, "M"));
    }
  else
    {
      const CcWorldPerpetrator *perpetrator =
          &g_array_index (world->perpetrators, CcWorldPerpetrator, note->truth);

      identity = cc_identity_new (world->data, perpetrator->seed, perpetrator->family_seed,
                                  perpetrator->country, !g_str_equal (perpetrator->sex->code, "M"));
    }
  cc_random_init (&random, cc_practice_mix (note->seed, 5));
  cc_written_names_write (names, world->data, identity, agency, note->seed,
                          cc_practice_chance (&random, single));
}

static gboolean
write_sheets (Page *page, GError **error)
{
  const CcAgencyKind *kind = page->agency->kind;
  CcWorld            *world = page->job->world;
  guint               order = 0;

  for (guint i = 0; i < kind->sheets->len; i++)
    {
      g_autoptr (GArray) notes = NULL;

      page->layout = kind->sheets->pdata[i];
      notes = cc_practice_agency_notes (world, page->job->agency, sheet_unit (page->layout));
      for (guint n = 0; n < notes->len; n++)
        g_array_index (world->notes, CcNoteRow, g_array_index (notes, guint, n)).order = order++;
      if (!write_unit (page, notes, error))
        {
          g_clear_pointer (&page->columns, g_ptr_array_unref);
          g_clear_pointer (&page->above, g_ptr_array_unref);
          return FALSE;
        }
    }
  return TRUE;
}

/* Writes the file of one agency, or, without a path, only reads what it would say. Nothing is left
 * behind on failure. */
gboolean
cc_practice_write_file (const CcSheetJob *job, GError **error)
{
  const CcPracticeAgency *agency = job->world->agencies->pdata[job->agency];
  Page                    page = { .job = job, .agency = agency };
  g_autoptr (CcBookWriter) book = NULL;
  g_autoptr (CcPracticeCsv) csv = NULL;

  if (job->path != NULL && g_str_equal (agency->kind->format, "csv"))
    page.csv = csv = cc_practice_csv_new ();
  else if (job->path != NULL)
    {
      page.book = book = cc_book_writer_new (job->path, error);
      if (book == NULL)
        return FALSE;
      cc_book_writer_set_title (book, agency->kind->mark);
    }
  if (!write_sheets (&page, error))
    return FALSE;
  if (csv != NULL)
    return cc_practice_csv_save (csv, job->path, error);
  return book == NULL || cc_book_writer_close (book, error);
}

struct _CcPracticeRegister
{
  CcSheetJob     job;
  Page           page;
  CcPracticeOut *out; /* NULL where nothing is written */
  guint          rows;
};

/* A table of victims of one agency, with its head; path NULL: rows are only read. `world` is any
 * part of the country. Free with cc_practice_register_free(). */
CcPracticeRegister *
cc_practice_register_new (CcWorld *world, guint agency, const char *path, GError **error)
{
  g_autoptr (CcPracticeRegister) self = g_new0 (CcPracticeRegister, 1);

  self->job = (CcSheetJob){ .world = world, .agency = agency };
  self->page.job = &self->job;
  self->page.agency = world->agencies->pdata[agency];
  self->page.layout = self->page.agency->kind->sheets->pdata[0];
  if (path != NULL)
    {
      self->page.csv = cc_practice_csv_new ();
      self->out = cc_practice_out_new (path, error);
      if (self->out == NULL)
        return NULL;
    }
  return open_page (&self->page, self->page.layout->name, error) ? g_steal_pointer (&self) : NULL;
}

void
cc_practice_register_free (CcPracticeRegister *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->page.columns, g_ptr_array_unref);
  g_clear_pointer (&self->page.above, g_ptr_array_unref);
  g_clear_pointer (&self->page.csv, cc_practice_csv_free);
  g_clear_pointer (&self->out, cc_practice_out_free);
  g_free (self);
}

/* Writes the agency's rows of another part of the country, whose notes then hold what can be read
 * from them; `cell` is told each text and `row`, after the cells of a row, what it says. */
gboolean
cc_practice_register_add (CcPracticeRegister *self,
                          CcWorld            *world,
                          CcCellProbe         cell,
                          CcRowProbe          row,
                          gpointer            user_data,
                          GError            **error)
{
  Page *page = &self->page;
  g_autoptr (GArray) notes = cc_practice_agency_notes (world, self->job.agency, CC_NOTE_VICTIM);

  self->job.world = world;
  self->job.probe = cell;
  self->job.probe_data = user_data;
  page->agency = world->agencies->pdata[self->job.agency];
  for (guint i = 0; i < notes->len; i++)
    {
      CcNoteRow *note = &g_array_index (world->notes, CcNoteRow, g_array_index (notes, guint, i));

      note->order = self->rows++;
      if (page->agency->kind->repeated && page->serial > 0 && page->serial % ROWS_OF_A_PAGE == 0)
        write_header (page);
      write_row (page, note);
      row (note, user_data);
    }
  return self->out == NULL
         || cc_practice_out_write (self->out, cc_practice_csv_get_text (page->csv), FALSE, error);
}

/* Writes what stands below the rows; the last part must still be there. */
gboolean
cc_practice_register_finish (CcPracticeRegister *self, guint *rows, GError **error)
{
  close_page (&self->page);
  *rows = self->rows;
  return self->out == NULL
         || (cc_practice_out_write (self->out, cc_practice_csv_get_text (self->page.csv), TRUE,
                                    error)
             && cc_practice_out_finish (self->out, error));
}
