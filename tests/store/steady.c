/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steady.h"

#include <dlfcn.h>
#include <openssl/evp.h>
#include <string.h>

/* How often SQLCipher turns a file's key to make that of its pages' signatures. */
#define PAGE_KEY_ROUNDS 2

static gboolean derive_fully;
static void (*tell_page_key) (void);
static GHashTable *derived; /* of passphrase and salt in hexadecimal, to bytes */

void
steady_derive_fully (gboolean fully)
{
  derive_fully = fully;
}

void
steady_tell_page_keys (void (*told) (void))
{
  tell_page_key = told;
}

static char *
make_name (const char *pass, int passlen, const unsigned char *salt, int saltlen, int keylen)
{
  GString *name = g_string_new_len (pass, passlen);

  for (int i = 0; i < saltlen; i++)
    g_string_append_printf (name, ":%02x", salt[i]);
  g_string_append_printf (name, ":%d", keylen);
  return g_string_free (name, FALSE);
}

/* A test that opens a thousand files would spend its time in the derivation of keys, which is slow
 * on purpose and tested elsewhere. These definitions go before those of libcrypto and GLib. */
int
PKCS5_PBKDF2_HMAC (const char          *pass,
                   int                  passlen,
                   const unsigned char *salt,
                   int                  saltlen,
                   int                  iter,
                   const EVP_MD        *digest,
                   int                  keylen,
                   unsigned char       *out)
{
  static __typeof__ (&PKCS5_PBKDF2_HMAC) real;
  g_autofree char                       *name = NULL;
  GBytes                                *known;

  if (real == NULL)
    real = (__typeof__ (&PKCS5_PBKDF2_HMAC)) dlsym (RTLD_NEXT, "PKCS5_PBKDF2_HMAC");
  if (iter == PAGE_KEY_ROUNDS && tell_page_key != NULL)
    tell_page_key ();
  if (!derive_fully || iter <= STEADY_ROUNDS)
    return real (pass, passlen, salt, saltlen, MIN (iter, STEADY_ROUNDS), digest, keylen, out);
  name = make_name (pass, passlen, salt, saltlen, keylen);
  if (derived == NULL)
    derived =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  known = g_hash_table_lookup (derived, name);
  if (known == NULL)
    {
      if (real (pass, passlen, salt, saltlen, iter, digest, keylen, out) != 1)
        return 0;
      known = g_bytes_new (out, (gsize) keylen);
      g_hash_table_insert (derived, g_steal_pointer (&name), known);
    }
  memcpy (out, g_bytes_get_data (known, NULL), (gsize) keylen);
  return 1;
}

gint64
g_get_real_time (void)
{
  return STEADY_TIME;
}

/* What is waited for has happened: nobody else works on the file. */
void
g_usleep (gulong microseconds)
{
}
