/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-details.h"

#include "cases/cc-cases-texts.h"
#include "widgets/cc-isolate.h"

#include <cc/model/cc-form.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-record-detail.h>

#include <glib/gi18n.h>
#include <string.h>

static void
line_free (gpointer data)
{
  CcDetailLine *self = data;

  g_free (self->label);
  g_free (self->value);
  g_free (self->target);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

static void
section_free (gpointer data)
{
  CcDetailSection *self = data;

  g_free (self->title);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
cc_case_details_free (CcCaseDetails *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_free (self->title);
  g_free (self->subtitle);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_free (self);
}

typedef struct
{
  CcSession            *session;
  CcPack               *pack;
  const CcRecordDetail *detail;
  CcCaseDetails        *details;
  GPtrArray            *entities;
} Maker;

static CcDetailSection *
add_section (Maker *self, const char *title)
{
  CcDetailSection *section = g_new0 (CcDetailSection, 1);

  section->title = g_strdup (title);
  section->lines = g_ptr_array_new_with_free_func (line_free);
  g_ptr_array_add (self->details->sections, section);
  return section;
}

/* value: (transfer full) */
static CcDetailLine *
add_line (GPtrArray *lines, CcDetailKind kind, const char *label, char *value)
{
  CcDetailLine *line = g_new0 (CcDetailLine, 1);

  line->kind = kind;
  line->label = g_strdup (label);
  line->value = value;
  g_ptr_array_add (lines, line);
  return line;
}

static void
add_link (GPtrArray *lines, const char *label, char *value, const char *page, char *target)
{
  CcDetailLine *line = add_line (lines, CC_DETAIL_LINK, label, value);

  line->page = page;
  line->target = target;
}

static const char *
get_variable_label (Maker *self, const CcVariable *variable)
{
  return cc_pack_get_label (self->pack, "variable", variable->id,
                            cc_session_get_language (self->session));
}

static void
add_value (Maker *self, GPtrArray *lines, const CcValue *value)
{
  char *text = cc_cases_format_value (self->session, value, self->entities);

  if (*text == '\0')
    g_free (text);
  else
    add_line (lines, CC_DETAIL_VALUE, get_variable_label (self, value->variable), text);
}

/* All values of one variable: identifiers may have several. */
static void
add_field (Maker *self, GPtrArray *lines, CcRecord *record, const CcFormField *field)
{
  for (guint i = 0; i < record->values->len; i++)
    {
      const CcValue *value = g_ptr_array_index (record->values, i);

      if (value->variable == field->variable)
        add_value (self, lines, value);
    }
}

static const char *
get_section_title (Maker *self, const CcFormSection *section, const CcUnit *unit)
{
  switch (section->kind)
    {
    case CC_FORM_SECTION_IDENTITY:
      return _ ("Names and Numbers");
    case CC_FORM_SECTION_GENERAL:
      return cc_pack_get_label (self->pack, "unit", unit->name,
                                cc_session_get_language (self->session));
    case CC_FORM_SECTION_GROUP:
    default:
      return cc_pack_get_label (self->pack, "group", section->group,
                                cc_session_get_language (self->session));
    }
}

static void
add_form_section (Maker *self, GPtrArray *lines, CcRecord *record, const CcFormSection *section)
{
  for (guint i = 0; i < section->essential->len; i++)
    add_field (self, lines, record, g_ptr_array_index (section->essential, i));
  for (guint i = 0; i < section->more->len; i++)
    add_field (self, lines, record, g_ptr_array_index (section->more, i));
}

static void
drop_if_empty (Maker *self, const CcDetailSection *section)
{
  if (section->lines->len == 0)
    g_ptr_array_remove_index (self->details->sections, self->details->sections->len - 1);
}

static void
add_values (Maker *self)
{
  CcRecord *record = self->detail->record;
  g_autoptr (GPtrArray) form = cc_form_build (self->pack, record->unit);

  for (guint i = 0; i < form->len; i++)
    {
      const CcFormSection *part = g_ptr_array_index (form, i);
      CcDetailSection *section = add_section (self, get_section_title (self, part, record->unit));

      add_form_section (self, section->lines, record, part);
      drop_if_empty (self, section);
    }
}

static void
add_findings (Maker *self)
{
  CcDetailSection *section = add_section (self, _ ("What the Checks Say"));

  for (guint i = 0; i < self->detail->findings->len; i++)
    {
      const CcFinding *finding = g_ptr_array_index (self->detail->findings, i);
      const char      *variable =
          finding->variable != NULL ? get_variable_label (self, finding->variable) : NULL;
      g_autofree char *label = NULL;
      CcDetailKind     kind = CC_DETAIL_NOTE;

      if (strcmp (finding->severity, "error") == 0)
        kind = CC_DETAIL_ERROR;
      else if (strcmp (finding->severity, "warning") == 0)
        kind = CC_DETAIL_WARNING;
      if (variable != NULL && finding->value != NULL)
        /* Translators: what a finding is about, and the value that was found. */
        label = g_strdup_printf (_ ("%1$s: “%2$s”"), variable, finding->value);
      else
        label = g_strdup (variable != NULL ? variable : finding->value);
      add_line (section->lines, kind, label, cc_cases_reason (self->session, finding->rule));
    }
  drop_if_empty (self, section);
}

static char *
name_glance (Maker *self, const CcRecordGlance *glance)
{
  if (glance->title != NULL)
    return g_strdup (glance->title);
  if (glance->agency != NULL)
    return g_strdup (glance->agency);
  return glance->unit != NULL ? cc_cases_name_unit (self->session, glance->unit)
                              : g_strdup (_ ("Record"));
}

static char *
make_record_target (gint64 id)
{
  return g_strdup_printf ("record:%" G_GINT64_FORMAT, id);
}

/* What a part is in a word or two: its first values. */
static char *
sum_up (Maker *self, const GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len && i < 2; i++)
    {
      const CcDetailLine *line = g_ptr_array_index (lines, i);

      if (text->len > 0)
        g_string_append (text, _ (", "));
      g_string_append (text, line->value);
    }
  return g_string_free (text, FALSE);
}

static GPtrArray *
list_part (Maker *self, const CcRecordPart *part)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GPtrArray) form = cc_form_build (self->pack, part->record->unit);

  for (guint i = 0; i < form->len; i++)
    add_form_section (self, lines, part->record, g_ptr_array_index (form, i));
  return lines;
}

/* A link alone leads on; a part with values folds, and what it links to stands inside it. */
static void
add_part (Maker *self, CcDetailSection *section, const CcRecordPart *part)
{
  const CcRecordGlance *other = part->other;
  g_autoptr (GPtrArray) lines = list_part (self, part);
  g_autofree char *label = NULL;
  CcDetailLine    *fold;

  if (other != NULL)
    {
      g_autofree char *unit =
          other->unit != NULL ? cc_cases_name_unit (self->session, other->unit) : NULL;

      add_link (section->lines, unit, name_glance (self, other), "cases",
                make_record_target (other->id));
    }
  if (lines->len == 0)
    return;
  fold = add_line (section->lines, CC_DETAIL_FOLD, NULL, sum_up (self, lines));
  fold->lines = g_steal_pointer (&lines);
}

static void
add_parts (Maker *self)
{
  CcDetailSection *section = NULL;
  const CcUnit    *unit = NULL;

  for (guint i = 0; i < self->detail->parts->len; i++)
    {
      const CcRecordPart *part = g_ptr_array_index (self->detail->parts, i);

      if (section == NULL || part->record->unit != unit)
        {
          g_autofree char *title = cc_cases_name_unit (self->session, part->record->unit);

          if (section != NULL)
            drop_if_empty (self, section);
          section = add_section (self, title);
          unit = part->record->unit;
        }
      add_part (self, section, part);
    }
  if (section != NULL)
    drop_if_empty (self, section);
}

static void
add_company (Maker *self)
{
  const CcRecordDetail *detail = self->detail;
  const gboolean        event = strcmp (detail->record->unit->name, "event") == 0;
  CcDetailSection      *section = add_section (self, event ? _ ("Other Records of This Event")
                                                           : _ ("Other Records of This Person"));

  for (guint i = 0; i < detail->same->len; i++)
    {
      const CcRecordGlance *glance = g_ptr_array_index (detail->same, i);

      add_link (section->lines, glance->agency, name_glance (self, glance), "cases",
                make_record_target (glance->id));
    }
  if (detail->same->len > 0)
    add_link (section->lines, NULL, g_strdup (_ ("Show them side by side")), "duplicates",
              g_strdup_printf ("person:%" G_GINT64_FORMAT, detail->cluster));
  drop_if_empty (self, section);
  section =
      add_section (self, event ? _ ("Perhaps the Same Event") : _ ("Perhaps the Same Person"));
  for (guint i = 0; i < detail->perhaps_same->len; i++)
    {
      const CcRecordGlance *glance = g_ptr_array_index (detail->perhaps_same, i);

      add_link (section->lines, glance->agency, name_glance (self, glance), "duplicates",
                g_strdup_printf ("pair:%" G_GINT64_FORMAT, glance->pair));
    }
  drop_if_empty (self, section);
}

/* A, B ... Z, AA ...: as a spreadsheet names its columns. */
static char *
name_column (guint index)
{
  GString *name = g_string_new (NULL);

  for (guint n = index + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (name, (char) ('A' + (n - 1) % 26));
  return g_string_free (name, FALSE);
}

static void
add_cells (GPtrArray *lines, const CcParkedRow *row)
{
  for (guint i = 0; row->cells != NULL && row->cells[i] != NULL; i++)
    {
      g_autofree char *column = name_column (i);
      g_autofree char *label = NULL;

      if (*row->cells[i] == '\0')
        continue;
      /* Translators: %s is the letter of a spreadsheet's column. */
      label = g_strdup_printf (_ ("Column %s"), column);
      add_line (lines, CC_DETAIL_VALUE, label, g_strdup (row->cells[i]));
    }
}

static void
add_source_row (Maker *self, GPtrArray *lines, const CcParkedRow *row)
{
  g_autofree char *number = cc_session_format_number (self->session, row->row);

  add_line (lines, CC_DETAIL_VALUE, _ ("File"), g_strdup (row->file_name));
  if (row->sheet != NULL && *row->sheet != '\0')
    /* Translators: the name of a sheet of a workbook, and the number of a row in it. */
    add_line (lines, CC_DETAIL_VALUE, _ ("Place in the file"),
              g_strdup_printf (_ ("Sheet “%1$s”, row %2$s"), row->sheet, number));
  else
    add_line (lines, CC_DETAIL_VALUE, _ ("Place in the file"),
              g_strdup_printf (_ ("Row %s"), number));
}

static const char *
describe_basis (int basis)
{
  switch (basis)
    {
    case 1:
      return _ ("Coded names only: no names are kept, and it counts");
    case 2:
      return _ ("For counts only");
    case 3:
      return _ ("Consent withdrawn: it does not count");
    default:
      return NULL;
    }
}

static void
add_origin (Maker *self)
{
  const CcRecordDetail *detail = self->detail;
  CcDetailSection      *section = add_section (self, _ ("Where It Comes From"));

  if (detail->agency_key != NULL)
    add_link (section->lines, _ ("Agency"), g_strdup (detail->agency), "agencies",
              g_strdup_printf ("entity:%s", detail->agency_key));
  if (detail->submission == 0)
    add_line (section->lines, CC_DETAIL_VALUE, _ ("Entry"), g_strdup (_ ("Typed in by hand")));
  else
    add_link (section->lines, _ ("Delivery"),
              cc_session_format_time (self->session, detail->received), "cases",
              g_strdup_printf ("submission:%" G_GINT64_FORMAT, detail->submission));
  if (describe_basis (detail->basis) != NULL)
    add_line (section->lines, CC_DETAIL_VALUE, _ ("May be used"),
              g_strdup (describe_basis (detail->basis)));
  if (detail->source != NULL)
    {
      CcDetailLine *fold;

      add_source_row (self, section->lines, detail->source);
      fold =
          add_line (section->lines, CC_DETAIL_FOLD, NULL, g_strdup (_ ("The row as it arrived")));
      fold->lines = g_ptr_array_new_with_free_func (line_free);
      add_cells (fold->lines, detail->source);
      if (fold->lines->len == 0)
        g_ptr_array_remove_index (section->lines, section->lines->len - 1);
    }
  add_link (section->lines, NULL, g_strdup (_ ("All changes to this record")), "history",
            make_record_target (detail->record->id));
}

static char *
find_title (CcRecord *record)
{
  static const char *const names[] = { "family", "given",   "full_name",
                                       "alias",  "case_no", "agency_ref" };
  const char              *found[G_N_ELEMENTS (names)] = { NULL };

  for (guint i = 0; i < record->values->len; i++)
    {
      const CcValue *value = g_ptr_array_index (record->values, i);

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        if (strcmp (value->variable->name, names[j]) == 0 && found[j] == NULL)
          found[j] = value->text;
    }
  if (found[0] != NULL && found[1] != NULL)
    return g_strconcat (found[0], " ", found[1], NULL);
  for (guint j = 0; j < G_N_ELEMENTS (names); j++)
    if (found[j] != NULL)
      return g_strdup (found[j]);
  return NULL;
}

static char *
make_subtitle (Maker *self, const CcUnit *unit, const char *agency)
{
  g_autofree char *name = cc_cases_name_unit (self->session, unit);
  g_autofree char *reporter = NULL;

  if (agency == NULL)
    return g_steal_pointer (&name);
  reporter = cc_isolate (agency);
  /* Translators: what a record is about, and the agency that reported it. */
  return g_strdup_printf (_ ("%1$s · %2$s"), name, reporter);
}

static gboolean
make_record (Maker *self, CcConnection *connection, gint64 id, GError **error)
{
  CcCaseFile *file = cc_session_get_file (self->session);
  g_autoptr (CcRecordDetail) detail = cc_record_detail_read (file, connection, id, error);

  self->entities = detail != NULL ? cc_entity_list (file, error) : NULL;
  if (self->entities == NULL)
    return FALSE;
  self->detail = detail;
  self->details->unit = g_strdup (detail->record->unit->name);
  self->details->withdrawn = detail->withdrawn;
  self->details->title = find_title (detail->record);
  self->details->subtitle = make_subtitle (self, detail->record->unit, detail->agency);
  if (self->details->title == NULL)
    self->details->title = cc_cases_name_unit (self->session, detail->record->unit);
  add_findings (self);
  add_values (self);
  add_parts (self);
  add_company (self);
  add_origin (self);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  self->detail = NULL;
  return TRUE;
}

static gboolean
make_parked (Maker *self, CcConnection *connection, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) rows = cc_parked_read_rows (connection, &id, 1, error);
  const CcParkedRow *row;
  CcDetailSection   *section;

  if (rows == NULL || rows->len == 0)
    return rows != NULL;
  row = g_ptr_array_index (rows, 0);
  self->details->parked = TRUE;
  self->details->title = cc_cases_reason (self->session, row->reason);
  self->details->subtitle = g_strdup (row->agency);
  section = add_section (self, _ ("Where It Comes From"));
  add_source_row (self, section->lines, row);
  add_link (section->lines, NULL, g_strdup (_ ("Open the delivery")), "import",
            g_strdup_printf ("submission:%" G_GINT64_FORMAT, row->submission));
  section = add_section (self, _ ("The Row as It Arrived"));
  add_cells (section->lines, row);
  drop_if_empty (self, section);
  return TRUE;
}

gpointer
cc_case_details_read (CcSession    *session,
                      CcConnection *connection,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error)
{
  const CcCaseDetailsRequest *request = data;
  g_autoptr (CcCaseDetails) details = g_new0 (CcCaseDetails, 1);
  Maker self = { session, cc_case_file_get_pack (cc_session_get_file (session)), NULL, details,
                 NULL };

  details->id = request->id;
  details->sections = g_ptr_array_new_with_free_func (section_free);
  if (request->parked ? !make_parked (&self, connection, request->id, error)
                      : !make_record (&self, connection, request->id, error))
    return NULL;
  return g_steal_pointer (&details);
}
