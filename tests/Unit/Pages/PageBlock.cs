using System.Text.RegularExpressions;

namespace Quintet.Tests.Pages;

/// <summary>A block of code on a page, and the heading that it stands under.</summary>
internal sealed record PageBlock(string Section, int Line, string Code);
