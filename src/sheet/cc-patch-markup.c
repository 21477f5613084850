/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-patch-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* The readers' tokenizers forget how a thing was written. Here each byte that is not changed on
 * purpose must come out as it came in. */

#define MAX_PART (G_GUINT64_CONSTANT (256) << 20)

void
cc_patch_set_refused (GError **error, const char *part)
{
  g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
               "The workbook cannot be changed in place: its part “%s” is written in a way that is "
               "not known here.",
               part);
}

static const char *
find (const char *text, const char *end, const char *needle)
{
  return memmem (text, (gsize) (end - text), needle, strlen (needle));
}

/* The end of what begins with "<!" or "<?", or NULL. */
static const char *
end_of_other (const char *text, const char *end)
{
  const gsize left = (gsize) (end - text);
  const char *closing = ">";
  const char *p;

  if (left >= 4 && memcmp (text, "<!--", 4) == 0)
    closing = "-->";
  else if (left >= 9 && memcmp (text, "<![CDATA[", 9) == 0)
    closing = "]]>";
  else if (text[1] == '?')
    closing = "?>";
  else if (left < 9)
    return NULL;
  p = find (text + 2, end, closing);
  return p != NULL ? p + strlen (closing) : NULL;
}

static const char *
end_of_tag (const char *text, const char *end)
{
  char quote = '\0';

  for (const char *p = text; p < end; p++)
    if (quote != '\0')
      quote = *p == quote ? '\0' : quote;
    else if (*p == '"' || *p == '\'')
      quote = *p;
    else if (*p == '>')
      return p + 1;
  return NULL;
}

gboolean
cc_patch_scan (const char *text, const char *end, CcPatchTag *tag)
{
  const char *p;

  memset (tag, 0, sizeof *tag);
  tag->start = memchr (text, '<', (gsize) (end - text));
  if (tag->start == NULL)
    {
      tag->start = end;
      return FALSE;
    }
  if (end - tag->start < 2)
    return FALSE;
  if (tag->start[1] == '!' || tag->start[1] == '?')
    {
      tag->other = TRUE;
      tag->end = end_of_other (tag->start, end);
      return tag->end != NULL;
    }
  tag->end = end_of_tag (tag->start, end);
  if (tag->end == NULL)
    return FALSE;
  tag->closing = tag->start[1] == '/';
  tag->empty = !tag->closing && tag->end - tag->start >= 3 && tag->end[-2] == '/';
  tag->name = tag->start + 1 + tag->closing;
  for (p = tag->name; p < tag->end && strchr (" \t\r\n/>", *p) == NULL; p++)
    if (*p == ':')
      tag->prefix_length = (gsize) (p + 1 - tag->name);
  tag->name_length = (gsize) (p - tag->name);
  return TRUE;
}

gboolean
cc_patch_tag_is (const CcPatchTag *self, const char *local_name)
{
  const gsize length = self->name_length - self->prefix_length;

  return !self->other && strlen (local_name) == length
         && memcmp (self->name + self->prefix_length, local_name, length) == 0;
}

/* One attribute: [name, name_end) = quote [value, value_end) quote. */
typedef struct
{
  const char *start; /* with the blank before it */
  const char *name, *name_end;
  const char *value, *value_end;
} Attribute;

static gboolean
next_attribute (const CcPatchTag *tag, const char **from, Attribute *found)
{
  const char *end = tag->end - 1 - tag->empty;
  const char *p = *from;

  found->start = p;
  while (p < end && g_ascii_isspace (*p))
    p++;
  found->name = p;
  while (p < end && *p != '=' && !g_ascii_isspace (*p))
    p++;
  found->name_end = p;
  while (p < end && (*p == '=' || g_ascii_isspace (*p)))
    p++;
  if (p >= end || found->name == found->name_end || (*p != '"' && *p != '\''))
    return FALSE;
  found->value = p + 1;
  found->value_end = memchr (p + 1, *p, (gsize) (end - p - 1));
  if (found->value_end == NULL)
    return FALSE;
  *from = found->value_end + 1;
  return TRUE;
}

static gboolean
name_is (const Attribute *attribute, const char *name, gboolean local)
{
  const char *colon =
      local ? memchr (attribute->name, ':', (gsize) (attribute->name_end - attribute->name)) : NULL;
  const char *start = colon != NULL ? colon + 1 : attribute->name;

  return strlen (name) == (gsize) (attribute->name_end - start)
         && memcmp (start, name, strlen (name)) == 0;
}

char *
cc_patch_tag_get (const CcPatchTag *self, const char *local)
{
  const char *p = self->name + self->name_length;
  Attribute   attribute;

  if (self->other || self->closing)
    return NULL;
  while (next_attribute (self, &p, &attribute))
    if (name_is (&attribute, local, TRUE))
      return g_strndup (attribute.value, (gsize) (attribute.value_end - attribute.value));
  return NULL;
}

gboolean
cc_patch_tag_get_number (const CcPatchTag *self, const char *local, guint *value)
{
  g_autofree char *text = cc_patch_tag_get (self, local);
  guint64          number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &number, NULL))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

void
cc_patch_tag_write (GString *out, const CcPatchTag *self, const char *const *changes, gboolean open)
{
  const char *p = self->name + self->name_length;
  Attribute   attribute;

  g_string_append_len (out, self->start, p - self->start);
  while (next_attribute (self, &p, &attribute))
    {
      gboolean changed = FALSE;

      for (guint i = 0; changes[i] != NULL; i += 2)
        changed = changed || name_is (&attribute, changes[i], FALSE);
      if (!changed)
        g_string_append_len (out, attribute.start, attribute.value_end + 1 - attribute.start);
    }
  for (guint i = 0; changes[i] != NULL; i += 2)
    if (changes[i + 1] != NULL)
      g_string_append_printf (out, " %s=\"%s\"", changes[i], changes[i + 1]);
  g_string_append (out, self->empty && !open ? "/>" : ">");
}

/* --- escapes --- */

void
cc_patch_append_escaped (GString *out, const char *text, gboolean is_value)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"' && is_value)
        g_string_append (out, "&quot;");
      else if ((c == '\n' || c == '\t') && is_value)
        g_string_append_printf (out, "&#%u;", c);
      else if (c >= 0x20 || c == '\n' || c == '\t')
        g_string_append_unichar (out, c == 0xfffe || c == 0xffff ? 0xfffd : c);
    }
}

static gboolean
looks_like_escape (const char *p)
{
  if (p[0] != '_' || p[1] != 'x')
    return FALSE;
  for (guint i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (p[i]))
      return FALSE;
  return p[6] == '_';
}

void
cc_patch_append_text (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) guarded = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p++)
    {
      if (looks_like_escape (p))
        g_string_append (guarded, "_x005F");
      g_string_append_c (guarded, *p);
    }
  cc_patch_append_escaped (out, guarded->str, FALSE);
}

/* --- parts --- */

char *
cc_patch_read_part (CcArchive *archive, const char *name, GError **error)
{
  g_autoptr (CcPart) part = cc_archive_open_part (archive, name, error);
  g_autoptr (GString) text = g_string_new (NULL);
  char       buffer[16384];
  gssize     n;
  const char bom[] = "\xef\xbb\xbf";

  if (part == NULL)
    return NULL;
  while ((n = cc_part_read (part, buffer, sizeof buffer, error)) > 0)
    {
      if (text->len + (gsize) n > MAX_PART)
        {
          cc_patch_set_refused (error, name);
          return NULL;
        }
      g_string_append_len (text, buffer, n);
    }
  if (n < 0)
    return NULL;
  if (!g_utf8_validate (text->str, (gssize) text->len, NULL))
    {
      cc_patch_set_refused (error, name);
      return NULL;
    }
  if (g_str_has_prefix (text->str, bom))
    g_string_erase (text, 0, 3);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
