namespace Quintet.Analyzers.Source;

/// <summary>The words of a name: <c>frmMainWindow</c> has <c>frm</c>, <c>Main</c> and <c>Window</c>.</summary>
internal static class PascalWords
{
    public static List<string> Of(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !(char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])) && name[i] != '_') continue;
            var word = name.Substring(start, i - start).Trim('_');
            if (word.Length > 0) words.Add(word);
            start = i;
        }

        return words;
    }
}
