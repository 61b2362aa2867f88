namespace Quintet.Tool.Reports;

/// <summary>The findings as SARIF 2.1.0.</summary>
internal static class SarifReport
{
    public static void Write(string file, CheckResult result) => throw new NotImplementedException();
}
