/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-package-work.h"

#include "library/cc-library.h"
#include "start/cc-passphrase.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-making.h>
#include <cc/store/cc-place.h>

#include <errno.h>
#include <string.h>

void
cc_package_request_free (CcPackageRequest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->session, cc_session_unref);
  g_strfreev (self->entities);
  g_strfreev (self->units);
  g_free (self->audience);
  g_clear_object (&self->target);
  cc_secret_free (self->passphrase);
  g_free (self);
}

static void
fill_order (const CcPackageRequest *self, CcPackageOrder *order)
{
  order->entities = (const char *const *) self->entities;
  order->units = (const char *const *) self->units;
  order->period = self->period;
  order->identifiers = self->identifiers;
  order->audience = self->audience;
}

gpointer
cc_package_work_preview (CcSession    *session,
                         CcConnection *connection,
                         gpointer      request,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autofree CcPackageResult *result = g_new0 (CcPackageResult, 1);
  CcPackageOrder              order;

  fill_order (request, &order);
  if (!cc_package_preview (cc_session_get_file (session), &order, cancellable, result, error))
    return NULL;
  return g_steal_pointer (&result);
}

gpointer
cc_package_work_agencies (CcSession    *session,
                          CcConnection *connection,
                          gpointer      data,
                          GCancellable *cancellable,
                          GError      **error)
{
  return cc_entity_list (cc_session_get_file (session), error);
}

typedef struct
{
  GFile      *target;
  CcProgress *progress;
} Delivery;

static gboolean
deliver (const char *path, gpointer data, GError **error)
{
  Delivery *self = data;

  return cc_library_save_copy (path, self->target, self->progress, error);
}

/* A database cannot be written through the portal of documents: the package is made in the library
 * and copied to its place. */
gpointer
cc_package_work_write (CcProgress *progress, gpointer data, GError **error)
{
  CcPackageRequest           *self = data;
  g_autofree char            *library = cc_library_get_folder ();
  g_autofree char            *name = g_file_get_basename (self->target);
  g_autofree char            *path = NULL;
  g_autofree CcPackageResult *result = g_new0 (CcPackageResult, 1);
  Delivery                    delivery = { self->target, progress };
  CcPackageOrder              order;
  char                       *folder = NULL;
  CcMaking                   *part = NULL;
  gboolean                    ok;

  if (!cc_place_make_folder (library)
      || (folder = cc_making_make_folder (library, "package", &part)) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  path = g_build_filename (folder, name, NULL);
  fill_order (self, &order);
  ok = cc_package_hand_over (cc_session_get_file (self->session), &order, path, self->passphrase,
                             deliver, &delivery, progress, result, error);
  cc_making_remove_folder (folder, part);
  g_clear_pointer (&result->head, g_free);
  return ok ? g_steal_pointer (&result) : NULL;
}

char *
cc_package_describe_units (CcSession *session, const CcPackageResult *result)
{
  g_autofree char *n_victims = cc_session_format_number (session, result->victims);
  g_autofree char *n_perpetrators = cc_session_format_number (session, result->perpetrators);
  g_autofree char *n_events = cc_session_format_number (session, result->events);
  g_autofree char *victims =
      g_strdup_printf (ngettext ("%s victim", "%s victims", (gulong) result->victims), n_victims);
  g_autofree char *perpetrators = g_strdup_printf (ngettext ("%s perpetrator", "%s perpetrators",
                                                             (gulong) result->perpetrators),
                                                   n_perpetrators);
  g_autofree char *events =
      g_strdup_printf (ngettext ("%s event", "%s events", (gulong) result->events), n_events);

  /* Translators: what a package holds: "120 victims, 30 perpetrators and 85 events". */
  return g_strdup_printf (_ ("%1$s, %2$s and %3$s"), victims, perpetrators, events);
}

char *
cc_package_describe_rest (CcSession *session, const CcPackageResult *result)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *barred = cc_session_format_number (session, result->left_out_basis);
  g_autofree char *undated = cc_session_format_number (session, result->left_out_dates);

  if (result->left_out_basis > 0)
    g_string_append_printf (
        text,
        ngettext ("%s stays here, because its agreement does not let it travel.",
                  "%s stay here, because their agreements do not let them travel.",
                  (gulong) result->left_out_basis),
        barred);
  if (text->len > 0 && result->left_out_dates > 0)
    g_string_append_c (text, ' ');
  if (result->left_out_dates > 0)
    g_string_append_printf (text,
                            ngettext ("%s stays here, because its date is not known.",
                                      "%s stay here, because their dates are not known.",
                                      (gulong) result->left_out_dates),
                            undated);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
cc_package_rules_apply (const CcPackageValues *values, int *level, gboolean *mismatch)
{
  const char *known[] = { values->name, NULL };
  const int   least = values->practice ? CC_PASSPHRASE_TOO_EASY : CC_PASSPHRASE_WEAK;

  *level = (int) cc_passphrase_level (cc_passphrase_bits (values->passphrase, known));
  /* While the second is being typed it is no mistake yet. */
  *mismatch = *values->again != '\0'
              && strncmp (values->passphrase, values->again, strlen (values->again)) != 0;
  if (!values->agencies)
    return _ ("Choose at least one agency.");
  if (!values->period)
    return _ ("Choose the period.");
  if (!values->units)
    return _ ("Choose at least one kind of record.");
  if (values->told != NULL && values->told->records == 0)
    return _ ("There is nothing of this kind to hand on.");
  if (*values->passphrase == '\0')
    return _ ("Choose a passphrase for the package.");
  if (*level < least)
    return _ ("Choose a passphrase that is harder to guess.");
  if (*mismatch)
    return _ ("The two passphrases differ.");
  if (strcmp (values->passphrase, values->again) != 0)
    return _ ("Type the passphrase a second time.");
  return values->told == NULL ? _ ("Counting what the package will hold…") : "";
}
