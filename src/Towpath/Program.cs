Console.WriteLine("towpath");
return 0;
