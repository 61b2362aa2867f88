using System.Globalization;

namespace Quintet.Multiprocessing.Workers;

/// <summary>
/// The cultures of the thread that has a worker started, for the worker: what formats and compares there does it as here. Told only where
/// they are not the system's, which the worker has anyway, so that a worker need not load what knows of cultures.
/// </summary>
internal static class WorkerCulture
{
    // The invariant culture has no name at all, and is not the same as none.
    private const char Told = '=';

    internal static string OfThisThread() => Of(CultureInfo.CurrentCulture) + ";" + Of(CultureInfo.CurrentUICulture);

    internal static void Use(string told)
    {
        if (told.Split(';') is not [var culture, var language]) return;
        if (Named(culture) is { } current) CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = current;
        if (Named(language) is { } ui) CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = ui;
    }

    private static string Of(CultureInfo culture) => culture.Name == CultureInfo.InstalledUICulture.Name ? "" : Told + culture.Name;

    private static CultureInfo? Named(string told)
    {
        if (told is not [Told, ..]) return null;
        try
        {
            return CultureInfo.GetCultureInfo(told[1..]);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
